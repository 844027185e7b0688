package io.millrace.formats.parquet;

import java.util.List;

/**
 * A finished file.
 *
 * @param crc32c the CRC32C of all its bytes
 * @param columns what its columns hold, those that are lists left out
 */
public record FileSummary(long rows, long bytes, long crc32c, List<ColumnSummary> columns) {
    public FileSummary {
        columns = List.copyOf(columns);
    }
}
