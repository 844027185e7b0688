package io.millrace.formats.parquet;

/** Some bytes of a file. */
public record ByteRange(long from, long length) {}
