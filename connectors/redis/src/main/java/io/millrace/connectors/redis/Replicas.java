package io.millrace.connectors.redis;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Waits until as many replicas as were asked for hold what has been written. */
final class Replicas {
    private final RedisTargetSettings settings;
    private final PipelineKeys keys;

    Replicas(RedisTargetSettings settings, PipelineKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    boolean wanted() {
        return settings.waitReplicas() > 0;
    }

    Object await(Session session) {
        // Where no replica has ever been there, the server counts nothing yet, and WAIT is content with one that has
        // only
        // been sent the data. Behind the first round they are there, so that the second waits for what they have taken.
        round(session);
        round(session);
        return null;
    }

    private void round(Session session) {
        // The server waits for what this connection has written, which may be a new one: replicas take writes in order.
        session.ask(
                "marking the end of a piece in Redis",
                new CommandArguments(Command.SET).add(keys.mark()).add(1));
        long reached = (Long) session.ask(
                "waiting for replicas of Redis",
                Command.WAIT,
                Integer.toString(settings.waitReplicas()),
                Long.toString(settings.waitTimeout().toMillis()));
        if (reached < settings.waitReplicas()) {
            throw new MillraceException(
                    ErrorKind.UNAVAILABLE,
                    "only " + reached + " of wait_replicas: " + settings.waitReplicas() + " had the piece within "
                            + settings.waitTimeout().toMillis()
                            + " ms. Look at the replicas, raise wait_timeout, or ask for fewer.");
        }
    }
}
