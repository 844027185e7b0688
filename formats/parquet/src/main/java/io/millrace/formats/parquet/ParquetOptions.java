package io.millrace.formats.parquet;

import java.util.Map;

/**
 * How a file is written.
 *
 * @param level of the compression, within its bounds; 0 where it has none
 * @param rowGroupBytes a row group is closed when its compressed pages have grown to this; the heap that a writer holds
 * @param metadata key-value pairs of the footer
 */
public record ParquetOptions(
        ParquetCompression compression, int level, long rowGroupBytes, Map<String, String> metadata) {
    /** 128 MiB. */
    public static final long USUAL_ROW_GROUP_BYTES = 128L << 20;

    public static final ParquetOptions DEFAULT = of(ParquetCompression.ZSTD);

    public ParquetOptions {
        metadata = Map.copyOf(metadata);
        if (compression.hasLevels() && (level < compression.lowestLevel() || level > compression.highestLevel())) {
            throw new IllegalArgumentException(compression + " has levels " + compression.lowestLevel() + " to "
                    + compression.highestLevel() + ", not " + level);
        }
        if (rowGroupBytes < 1) {
            throw new IllegalArgumentException("a row group of " + rowGroupBytes + " bytes cannot hold a row");
        }
    }

    /** A compression at its usual level, with usual row groups and no metadata. */
    public static ParquetOptions of(ParquetCompression compression) {
        return new ParquetOptions(compression, compression.usualLevel(), USUAL_ROW_GROUP_BYTES, Map.of());
    }

    public ParquetOptions withRowGroupBytes(long bytes) {
        return new ParquetOptions(compression, level, bytes, metadata);
    }

    public ParquetOptions withMetadata(Map<String, String> pairs) {
        return new ParquetOptions(compression, level, rowGroupBytes, pairs);
    }
}
