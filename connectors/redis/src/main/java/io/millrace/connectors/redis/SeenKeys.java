package io.millrace.connectors.redis;

/**
 * Which keys a piece has written, by hashes of 64 bits, so that a key counts as loaded once. Eight bytes a slot; beyond
 * eight million keys it learns no new ones, and counts the rest as new.
 */
final class SeenKeys {
    private static final int MOST_SLOTS = 1 << 24;

    private long[] slots = new long[1 << 10];
    private int count;

    /** Notes a key and says whether it is new. */
    boolean add(long hash) {
        // Zero is an empty slot.
        long wanted = hash == 0 ? 1 : hash;
        if (count * 2 >= slots.length && slots.length < MOST_SLOTS) {
            grow();
        }
        int at = place(slots, wanted);
        if (slots[at] == wanted) {
            return false;
        }
        if (count * 2 < slots.length) {
            slots[at] = wanted;
            count++;
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != 0) {
                larger[place(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    /** The slot of the hash, or the empty one that it belongs into. */
    private static int place(long[] slots, long hash) {
        int at = (int) hash & slots.length - 1;
        while (slots[at] != 0 && slots[at] != hash) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }
}
