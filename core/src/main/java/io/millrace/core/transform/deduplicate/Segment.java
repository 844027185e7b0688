package io.millrace.core.transform.deduplicate;

import io.millrace.core.key.KeyKind;
import io.millrace.core.key.Mix;
import java.util.function.IntPredicate;

/**
 * One of the table's stripes: open addressing with linear probing over primitive arrays. Guarded by its own monitor.
 *
 * <p>Slots are ordered by hash, so that growing copies almost sequentially. Capacities grow at a load of five
 * sixths: by a half for longs, which take 14 to 22 bytes a key then, and by 3 tenths for fingerprints, which take 24 to 31.
 */
final class Segment {
    /** Below this capacity, memory matters less than growing seldom. */
    private static final int SMALL = 1 << 10;

    private final int longs;
    private final long salt;
    private final MemoryBudget budget;
    private long[] keys;
    /** The ticket that holds the slot's key; 0 where the slot is free. */
    private int[] owners;

    private int size;
    /** Of no use but to keep what {@link #touch} reads from being optimised away. */
    private long touched;

    Segment(KeyKind kind, long salt, int capacity, MemoryBudget budget) {
        this.longs = kind.longs();
        this.salt = salt;
        this.budget = budget;
        budget.reserve(bytes(capacity));
        this.keys = new long[capacity * longs];
        this.owners = new int[capacity];
    }

    private long bytes(int slots) {
        return slots * (8L * longs + 4);
    }

    /**
     * Claims keys for a ticket: those that are free, and those whose owner {@code dead} names.
     *
     * @param rows places of the keys and hashes to claim, from {@code from} to {@code to} (exclusive)
     * @param kept set where the key was claimed; what remains false is a duplicate
     */
    synchronized void claim(
            long[] first,
            long[] second,
            long[] hashes,
            int[] rows,
            int from,
            int to,
            int ticket,
            IntPredicate dead,
            boolean[] kept) {
        touch(hashes, rows, from, to);
        for (int i = from; i < to; i++) {
            int row = rows[i];
            long secondLong = longs == 1 ? 0 : second[row];
            int slot = find(first[row], secondLong, hashes[row]);
            int owner = owners[slot];
            if (owner == 0) {
                insert(slot, first[row], secondLong, hashes[row], ticket);
                kept[row] = true;
            } else if (owner != ticket && dead.test(owner)) {
                owners[slot] = ticket;
                kept[row] = true;
            }
        }
    }

    /** Puts in a key that must be free; false where it is not. */
    synchronized boolean restore(long first, long second, long hash, int ticket) {
        int slot = find(first, second, hash);
        if (owners[slot] != 0) {
            return false;
        }
        insert(slot, first, second, hash, ticket);
        return true;
    }

    /** Hands a ticket's keys over. */
    synchronized void forEach(int ticket, KeySink sink) {
        for (int slot = 0; slot < owners.length; slot++) {
            if (owners[slot] == ticket) {
                sink.accept(keys[slot * longs], longs == 1 ? 0 : keys[slot * longs + 1]);
            }
        }
    }

    synchronized int size() {
        return size;
    }

    /**
     * Brings the slots of keys into the processor's cache. These reads do not wait for one another, as those of a search do,
     * of which the next begins when it is known how the one before ends.
     */
    private void touch(long[] hashes, int[] rows, int from, int to) {
        int capacity = owners.length;
        long sum = 0;
        for (int i = from; i < to; i++) {
            int slot = home(hashes[rows[i]], capacity);
            sum += owners[slot] + keys[slot * longs];
        }
        touched = sum;
    }

    /** The key's slot, or the free one where it belongs. */
    private int find(long first, long second, long hash) {
        int capacity = owners.length;
        int slot = home(hash, capacity);
        if (longs == 1) {
            while (owners[slot] != 0 && keys[slot] != first) {
                slot = slot + 1 == capacity ? 0 : slot + 1;
            }
        } else {
            while (owners[slot] != 0 && (keys[2 * slot] != first || keys[2 * slot + 1] != second)) {
                slot = slot + 1 == capacity ? 0 : slot + 1;
            }
        }
        return slot;
    }

    private void insert(int slot, long first, long second, long hash, int ticket) {
        if (size + 1 > owners.length / 6 * 5) {
            grow();
            put(find(first, second, hash), first, second, ticket);
        } else {
            put(slot, first, second, ticket);
        }
        size++;
    }

    private void put(int slot, long first, long second, int ticket) {
        owners[slot] = ticket;
        keys[slot * longs] = first;
        if (longs == 2) {
            keys[2 * slot + 1] = second;
        }
    }

    /**
     * Makes room for keys to come. Needed before keys come in the order of another table: that is the order of their
     * hashes, and in a table that is too small they would all crowd into its first slots.
     */
    synchronized void expect(int more) {
        int capacity = Math.toIntExact((size + (long) more) * 4 / 3 + SMALL / 8);
        if (capacity > owners.length) {
            resize(capacity);
        }
    }

    private void grow() {
        int more = owners.length < SMALL ? owners.length : longs == 1 ? owners.length / 2 : owners.length / 10 * 3;
        resize(Math.addExact(owners.length, more));
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        int[] oldOwners = owners;
        budget.reserve(bytes(capacity));
        keys = new long[Math.multiplyExact(capacity, longs)];
        owners = new int[capacity];
        for (int slot = 0; slot < oldOwners.length; slot++) {
            if (oldOwners[slot] == 0) {
                continue;
            }
            long first = oldKeys[slot * longs];
            int free = home(hash(first), capacity);
            while (owners[free] != 0) {
                free = free + 1 == capacity ? 0 : free + 1;
            }
            put(free, first, longs == 1 ? 0 : oldKeys[2 * slot + 1], oldOwners[slot]);
        }
        budget.release(bytes(oldOwners.length));
    }

    private long hash(long first) {
        return longs == 1 ? Mix.mix(first ^ salt) : first;
    }

    /** The slot of a hash, whose uppermost 8 bits chose the segment. */
    private static int home(long hash, int capacity) {
        return (int) ((hash >>> 24 & 0xffff_ffffL) * capacity >>> 32);
    }

    /** Takes keys. */
    interface KeySink {
        void accept(long first, long second);
    }
}
