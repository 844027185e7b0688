package io.millrace.formats.parquet.partitioned;

import io.millrace.formats.parquet.FileSummary;

/**
 * A complete file of a {@link PartitionedWriter}.
 *
 * @param number the number it was created under
 */
public record WrittenFile(Partition partition, int number, FileSummary summary) {}
