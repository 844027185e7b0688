package io.millrace.connectors.delta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of a run's rows, each with the number of the row that came last with it. Open addressing; the keys' bytes lie one
 * behind another, about 30 bytes a key besides. One thread.
 */
final class KeyTable {
    private static final int CHUNK_BYTES = 1 << 24;

    private final List<byte[]> chunks = new ArrayList<>();
    private int chunkUsed = CHUNK_BYTES;
    private int[] chunkOf = new int[1024];
    private int[] startOf = new int[1024];
    private int[] sizeOf = new int[1024];
    private long[] ownerOf = new long[1024];
    private int count;
    /** Numbers of keys plus one, 0 where free. */
    private int[] slots = new int[4096];

    /** Notes that this row has the key; whoever had it before is superseded. */
    void put(KeyBytes key, long row) {
        int slot = slot(key);
        if (slots[slot] != 0) {
            ownerOf[slots[slot] - 1] = row;
            return;
        }
        add(key, row);
        slots[slot] = count;
        if (count * 2 > slots.length) {
            grow();
        }
    }

    boolean contains(KeyBytes key) {
        return slots[slot(key)] != 0;
    }

    /** Whether the row is the last one with its key. */
    boolean owns(KeyBytes key, long row) {
        int entry = slots[slot(key)];
        return entry != 0 && ownerOf[entry - 1] == row;
    }

    int size() {
        return count;
    }

    private int slot(KeyBytes key) {
        int slot = key.hash() & slots.length - 1;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (key.is(chunks.get(chunkOf[entry]), startOf[entry], sizeOf[entry])) {
                return slot;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void add(KeyBytes key, long row) {
        if (chunkUsed + key.size() > CHUNK_BYTES) {
            chunks.add(new byte[Math.max(CHUNK_BYTES, key.size())]);
            chunkUsed = 0;
        }
        if (count == ownerOf.length) {
            int capacity = count * 2;
            chunkOf = Arrays.copyOf(chunkOf, capacity);
            startOf = Arrays.copyOf(startOf, capacity);
            sizeOf = Arrays.copyOf(sizeOf, capacity);
            ownerOf = Arrays.copyOf(ownerOf, capacity);
        }
        key.copyTo(chunks.get(chunks.size() - 1), chunkUsed);
        chunkOf[count] = chunks.size() - 1;
        startOf[count] = chunkUsed;
        sizeOf[count] = key.size();
        ownerOf[count] = row;
        chunkUsed += key.size();
        count++;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int entry = 0; entry < count; entry++) {
            int slot = KeyBytes.hash(chunks.get(chunkOf[entry]), startOf[entry], sizeOf[entry]) & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = entry + 1;
        }
    }
}
