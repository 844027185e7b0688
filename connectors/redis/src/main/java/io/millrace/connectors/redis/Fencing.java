package io.millrace.connectors.redis;

import io.millrace.api.Fence;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Hands out the epochs of a pipeline: higher with every attempt at any of its runs, and each run holds its last one. */
final class Fencing {
    /** Runs that are as many epochs behind are forgotten; a process of theirs that comes back is refused all the same. */
    private static final int REMEMBERED = 1_000;

    private static final String TAKE =
            """
            local epoch = redis.call('INCR', KEYS[1])
            redis.call('HSETNX', KEYS[2], ARGV[1] .. ':first', epoch)
            redis.call('HSET', KEYS[2], ARGV[1], epoch)
            if redis.call('HLEN', KEYS[2]) > 4 * ARGV[2] then
              local all = redis.call('HGETALL', KEYS[2])
              for i = 1, #all, 2 do
                if all[i]:sub(-6) ~= ':first' and tonumber(all[i + 1]) < epoch - ARGV[2] then
                  redis.call('HDEL', KEYS[2], all[i], all[i] .. ':first')
                end
              end
            end
            return epoch
            """;

    private final PipelineKeys keys;
    private final byte[] lineage;

    Fencing(PipelineKeys keys, String lineage) {
        this.keys = keys;
        this.lineage = lineage.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes the next epoch for the lineage. */
    Fence take(Session session) {
        CommandArguments command = new CommandArguments(Command.EVAL)
                .add(TAKE)
                .add(2)
                .add(keys.counter())
                .add(keys.runs())
                .add(lineage)
                .add(REMEMBERED);
        return new Fence((Long) session.ask("taking the fence in Redis", command));
    }

    /** The epoch that the lineage holds now; empty where the server has lost it. */
    Optional<String> holder(Session session) {
        return field(session, lineage);
    }

    /** The first epoch that the lineage has held: whatever carries it, or a later one, is this run's. */
    Optional<String> first(Session session) {
        return field(
                session, (new String(lineage, StandardCharsets.UTF_8) + ":first").getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> field(Session session, byte[] name) {
        CommandArguments command =
                new CommandArguments(Command.HGET).add(keys.runs()).add(name);
        return Optional.ofNullable(Session.text(session.ask("looking at the fence in Redis", command)));
    }
}
