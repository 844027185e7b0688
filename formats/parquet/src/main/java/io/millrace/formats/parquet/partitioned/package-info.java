/** Batches into Parquet files, one or more for each combination of values of the partition columns. */
package io.millrace.formats.parquet.partitioned;
