package io.millrace.formats.parquet;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the footer says of a row group.
 *
 * @param bytes of its columns, compressed
 * @param smallest the least value of the column asked for, as INT64, INT32 or DATE has it, a TIMESTAMP in microseconds;
 *     empty where that is not known
 * @param largest the greatest
 * @param nulls how many rows have no value of it; empty where that is not known
 */
public record RowGroupSummary(
        long rows, long bytes, Optional<Long> smallest, Optional<Long> largest, OptionalLong nulls) {}
