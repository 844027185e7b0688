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
            redis.call('HSET', KEYS[2], ARGV[1], epoch)
            if redis.call('HLEN', KEYS[2]) > 2 * ARGV[2] then
              local all = redis.call('HGETALL', KEYS[2])
              for i = 1, #all, 2 do
                if tonumber(all[i + 1]) < epoch - ARGV[2] then
                  redis.call('HDEL', KEYS[2], all[i])
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
        CommandArguments command =
                new CommandArguments(Command.HGET).add(keys.runs()).add(lineage);
        return Optional.ofNullable(Session.text(session.ask("looking at the fence in Redis", command)));
    }
}
