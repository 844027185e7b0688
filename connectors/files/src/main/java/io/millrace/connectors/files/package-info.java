/** Folders of files on the local disk. So far: Parquet as a target. */
package io.millrace.connectors.files;
