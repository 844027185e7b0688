package io.millrace.formats.parquet;

/**
 * Some of a file's row groups, counted from 0.
 *
 * @param to exclusive
 */
public record RowGroupRange(int from, int to) {}
