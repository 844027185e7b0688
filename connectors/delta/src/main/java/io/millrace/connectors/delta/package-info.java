/** Delta tables on the local disk and in S3, written and read with Delta Kernel and Millrace's own Parquet. */
package io.millrace.connectors.delta;
