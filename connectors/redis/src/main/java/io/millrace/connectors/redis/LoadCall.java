package io.millrace.connectors.redis;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The rows of one call of the script, of different keys: a later row of a key takes the earlier one's place. Kept until its
 * reply has come, so that it can be sent again. One thread.
 */
final class LoadCall {
    private static final byte[] NOTHING = {};

    private final int width;
    private final byte[][] keys;
    private final byte[][] values;
    private final byte[] nulls;
    /** Numbers of rows plus one by their keys' hashes; open addressing, twice as many slots as rows. */
    private final int[] slots;
    /** The rows whose keys the piece had not held before. */
    private final BitSet fresh = new BitSet();

    private int rows;
    private int place;
    private int nullCount;
    private long bytes;

    /** A call of at most so many rows of so many values each. */
    LoadCall(int mostRows, int width) {
        this.width = width;
        this.keys = new byte[mostRows][];
        this.values = new byte[mostRows * width][];
        this.nulls = new byte[mostRows * width];
        this.slots = new int[Integer.highestOneBit(mostRows) * 4];
    }

    /** Begins a row; its values are added next. */
    void begin(byte[] key, long hash, boolean isFresh) {
        int slot = (int) hash & slots.length - 1;
        while (slots[slot] != 0 && !Arrays.equals(keys[slots[slot] - 1], key)) {
            slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] != 0) {
            take(slots[slot] - 1);
            return;
        }
        fresh.set(rows, isFresh);
        keys[rows] = key;
        bytes += key.length;
        place = rows * width;
        rows++;
        slots[slot] = rows;
    }

    /** Lets the row be written anew. */
    private void take(int row) {
        place = row * width;
        for (int i = place; i < place + width; i++) {
            bytes -= values[i].length;
            nullCount -= nulls[i] == '1' ? 1 : 0;
        }
    }

    void addValue(byte[] value) {
        values[place] = value;
        nulls[place] = '0';
        bytes += value.length;
        place++;
    }

    void addNull() {
        values[place] = NOTHING;
        nulls[place] = '1';
        nullCount++;
        place++;
    }

    int rows() {
        return rows;
    }

    boolean isFull() {
        return rows == keys.length;
    }

    /** How large the keys and values are together. */
    long bytes() {
        return bytes;
    }

    CommandArguments command(byte[] script, LoadTarget target) {
        CommandArguments command = new CommandArguments(Command.EVALSHA).add(script);
        command.add(target.keys().size() + rows);
        target.keys().forEach(command::add);
        for (int i = 0; i < rows; i++) {
            command.add(keys[i]);
        }
        target.arguments().forEach(command::add);
        command.add(nullCount > 0 ? Arrays.copyOf(nulls, rows * width) : NOTHING);
        for (int i = 0; i < rows * width; i++) {
            command.add(values[i]);
        }
        return command;
    }

    /** How many keys the piece has gained by this call, given the numbers of the rows that the target refused. */
    int loaded(List<?> refused) {
        for (Object row : refused) {
            fresh.clear(((Long) row).intValue());
        }
        return fresh.cardinality();
    }
}
