/**
 * Parquet files as {@link io.millrace.api.data.Batch}es, column by column, without Hadoop's file
 * systems.
 */
package io.millrace.formats.parquet;
