package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection. Commands may be sent ahead of their replies. One thread. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final ServerErrors errors;
    private int awaited;

    private Session(Connection connection, ServerErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    static Session open(RedisServer server) {
        ServerErrors errors = new ServerErrors(server);
        try {
            return new Session(new Connection(server.hostAndPort(), server.clientConfig()), errors);
        } catch (JedisException failure) {
            throw errors.during("connecting to Redis", failure);
        }
    }

    /** Sends a command whose reply will be received later, in the order of sending. */
    void send(CommandArguments command) {
        try {
            connection.sendCommand(command);
            awaited++;
        } catch (JedisException failure) {
            throw errors.during("writing to Redis", failure);
        }
    }

    /** The reply to the oldest command without one: byte[], Long, List, or null. Waits. */
    Object receive(String attempted) {
        try {
            awaited--;
            return connection.getOne();
        } catch (JedisException failure) {
            throw errors.during(attempted, failure);
        }
    }

    /** Says a command and waits for its reply; nothing else may be awaited. */
    Object ask(String attempted, CommandArguments command) {
        send(command);
        return receive(attempted);
    }

    Object ask(String attempted, Command command, String... arguments) {
        CommandArguments all = new CommandArguments(command);
        for (String argument : arguments) {
            all.add(argument);
        }
        return ask(attempted, all);
    }

    /** Loads a script and returns the name to call it by. */
    byte[] load(String script) {
        return (byte[]) ask("loading a script into Redis", Command.SCRIPT, "LOAD", script);
    }

    /** The number by which the server knows this connection. */
    long id() {
        return (Long) ask("asking Redis for the connection's number", Command.CLIENT, "ID");
    }

    /** Reads replies that nobody wants any more, so that the next one is the next command's. */
    void skipReplies() {
        while (awaited > 0 && !connection.isBroken()) {
            try {
                receive("reading from Redis");
            } catch (MillraceException unwanted) {
                if (!(unwanted.getCause() instanceof JedisDataException)) {
                    throw unwanted;
                }
            }
        }
    }

    boolean isBroken() {
        return connection.isBroken();
    }

    static String text(Object reply) {
        return reply == null ? null : new String((byte[]) reply, StandardCharsets.UTF_8);
    }

    static List<?> list(Object reply) {
        return (List<?>) reply;
    }

    /** Drops the connection; does not throw for a dead server. */
    @Override
    public void close() {
        try {
            connection.disconnect();
        } catch (JedisException dead) {
            // Then there is nothing to be dropped.
        }
    }
}
