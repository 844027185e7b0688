package io.millrace.formats.parquet;

/**
 * A finished file.
 *
 * @param crc32c the CRC32C of all its bytes
 */
public record FileSummary(long rows, long bytes, long crc32c) {}
