package io.millrace.connectors.redis;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The rows of one call of the script; kept until its reply has come, so that it can be sent again. One thread. */
final class LoadCall {
    private static final byte[] NOTHING = {};

    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private final ByteArrayOutputStream nulls = new ByteArrayOutputStream();
    /** The rows whose keys the piece had not held before. */
    private final BitSet fresh = new BitSet();

    private boolean anyNull;
    private long bytes;

    void addKey(byte[] key, boolean isFresh) {
        fresh.set(keys.size(), isFresh);
        keys.add(key);
        bytes += key.length;
    }

    void addValue(byte[] value) {
        values.add(value);
        nulls.write('0');
        bytes += value.length;
    }

    void addNull() {
        values.add(NOTHING);
        nulls.write('1');
        anyNull = true;
    }

    int rows() {
        return keys.size();
    }

    /** How large the keys and values are together. */
    long bytes() {
        return bytes;
    }

    CommandArguments command(byte[] script, LoadTarget target) {
        CommandArguments command = new CommandArguments(Command.EVALSHA).add(script);
        command.add(target.keys().size() + keys.size());
        target.keys().forEach(command::add);
        keys.forEach(command::add);
        target.arguments().forEach(command::add);
        command.add(anyNull ? nulls.toByteArray() : NOTHING);
        values.forEach(command::add);
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
