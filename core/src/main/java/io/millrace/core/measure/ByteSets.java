package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import java.util.Arrays;

/** Sets of text, bytes, wide decimals and lists, by their canonical bytes. */
final class ByteSets extends ValueSets {
    private final ByteArena arena = new ByteArena();
    private final OrderedBytes encoded = new OrderedBytes();
    private final OrderedBytesReader reader = new OrderedBytesReader();
    private long[] places = {};
    private Column column;

    @Override
    void begin(Column read, int rows) {
        column = read;
    }

    @Override
    long hash(int row) {
        encoded.clear();
        encoded.append(column, row);
        return StableHash.hash(encoded.bytes(), 0, encoded.length(), 0);
    }

    /** The row's value has been encoded by {@link #hash}. */
    @Override
    boolean holds(int pair, int row) {
        return arena.holds(places[pair], encoded.bytes(), 0, encoded.length());
    }

    @Override
    void keep(int pair, int row) {
        if (pair == places.length) {
            places = Arrays.copyOf(places, Math.max(1024, pair * 2));
        }
        places[pair] = arena.add(encoded.bytes(), 0, encoded.length());
    }

    @Override
    void write(int pair, OrderedBytes into) {
        into.appendRaw(arena.data(), ByteArena.start(places[pair]), ByteArena.size(places[pair]));
    }

    @Override
    void sort(int[] pairs, int count) {
        IndexSort.sort(pairs, count, (one, other) -> {
            int oneStart = ByteArena.start(places[one]);
            int otherStart = ByteArena.start(places[other]);
            return Arrays.compareUnsigned(
                    arena.data(),
                    oneStart,
                    oneStart + ByteArena.size(places[one]),
                    arena.data(),
                    otherStart,
                    otherStart + ByteArena.size(places[other]));
        });
    }

    @Override
    void append(int pair, ColumnBuilder into) {
        int start = ByteArena.start(places[pair]);
        reader.over(arena.data(), start, start + ByteArena.size(places[pair])).read(into);
    }

    @Override
    long valueBytes() {
        return 8L * places.length + arena.bytes();
    }

    @Override
    void clearValues() {
        arena.clear();
    }
}
