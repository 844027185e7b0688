package io.millrace.features.local;

import io.millrace.api.data.Schema;

/**
 * A file of tiles: magic and version (12 bytes), then encoded batches, each with its length and CRC32C before it, all
 * little-endian.
 *
 * @param day whose tile it is part of, as in 2024-01-31
 * @param name unique among all files ever made
 * @param position of the source when it was read
 * @param events the columns of the events, as JSON of {@link TileJson}
 * @param columns those of the rows, in the same form
 */
record TileFile(String day, String name, long size, long rows, String position, String events, String columns) {
    static final long MAGIC = 0x4d524c5854494c45L; // MRLXTILE
    static final int VERSION = 1;
    static final int HEADER = 12;
    static final int BLOCK_HEAD = 8;

    Schema eventColumns() {
        return TileJson.schema(events);
    }

    /** The same file, read when the source was at this position. */
    TileFile at(String place) {
        return new TileFile(day, name, size, rows, place, events, columns);
    }
}
