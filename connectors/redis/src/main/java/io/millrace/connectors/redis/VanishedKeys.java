package io.millrace.connectors.redis;

import io.millrace.api.CommitId;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Deletes what a pipeline wrote in earlier runs and a complete run did not: keys in the pipeline's set whose version speaks
 * of an earlier moment. Each is judged and deleted in one script under the run's fence, so that what a newer run writes
 * meanwhile stays; and whatever ends this pass, the next one finds the rest in the set.
 */
final class VanishedKeys {
    /**
     * KEYS: runs, the set, then the keys in question. ARGV: lineage, epoch, moment. The reply is how many were deleted.
     *
     * <p>What has no version of ours is not ours any more: it expired, or somebody else has written it. It is forgotten,
     * and left alone.
     */
    private static final String SCRIPT =
            """
            local K, A, call, pcall = KEYS, ARGV, redis.call, redis.pcall
            local holder = call('HGET', K[1], A[1])
            if holder ~= A[2] then
              return redis.error_reply(holder and 'FENCED by epoch ' .. holder or 'LOST the record of this run')
            end
            local forgotten, deleted = {}, 0
            for i = 3, #K do
              local key = K[i]
              local kind = call('TYPE', key)['ok']
              local held, beside
              if kind == 'hash' then
                held = call('HGET', key, '_v')
              elseif kind == 'string' or kind == 'none' then
                beside = key .. ':_v'
                held = pcall('GET', beside)
                if type(held) ~= 'string' or #held ~= %4$d then
                  beside = nil
                  local head = call('GETRANGE', key, 0, %1$d)
                  held = head:sub(1, %2$d) == '%3$s' and head:sub(%2$d + 1)
                end
              end
              if type(held) ~= 'string' or #held ~= %4$d then
                forgotten[#forgotten + 1] = key
              elseif held:sub(1, #A[3]) < A[3] then
                call('DEL', key)
                if beside then call('DEL', beside) end
                forgotten[#forgotten + 1] = key
                deleted = deleted + 1
              end
            end
            if forgotten[1] then call('SREM', K[2], unpack(forgotten)) end
            return deleted
            """
                    .formatted(
                            JsonEnvelope.HEAD.length() + Version.WIDTH - 1,
                            JsonEnvelope.HEAD.length(),
                            JsonEnvelope.HEAD,
                            Version.WIDTH);

    private static final String ATTEMPTED = "deleting vanished keys from Redis";

    private final RedisServer server;
    private final PipelineKeys keys;
    private final CommitId id;
    private final Version version;
    private final int keysPerCall;

    VanishedKeys(RedisServer server, PipelineKeys keys, CommitId id, Version version, int keysPerCall) {
        this.server = server;
        this.keys = keys;
        this.id = id;
        this.version = version;
        this.keysPerCall = keysPerCall;
    }

    /** Deletes them all, from the beginning again after a failure that may pass; how many were deleted. */
    long delete(Replicas replicas, Patience patience) {
        long deleted = 0;
        while (true) {
            try (Session session = Session.open(server)) {
                byte[] script = session.load(SCRIPT);
                byte[] cursor = {'0'};
                do {
                    List<?> page = Session.list(session.ask(
                            ATTEMPTED,
                            new CommandArguments(Command.SSCAN)
                                    .add(keys.written())
                                    .add(cursor)
                                    .add("COUNT")
                                    .add(keysPerCall)));
                    deleted += delete(session, script, Session.list(page.get(1)));
                    cursor = (byte[]) page.get(0);
                    Failpoint.DURING_CLEANUP.reached();
                } while (cursor.length != 1 || cursor[0] != '0');
                if (replicas.wanted()) {
                    replicas.await(session);
                }
                return deleted;
            } catch (MillraceException failed) {
                patience.orThrow(failed);
            }
        }
    }

    /** A page of a small set is all of it, whatever was asked for. */
    private long delete(Session session, byte[] script, List<?> names) {
        long deleted = 0;
        for (int from = 0; from < names.size(); from += keysPerCall) {
            List<?> some = names.subList(from, Math.min(names.size(), from + keysPerCall));
            CommandArguments call =
                    new CommandArguments(Command.EVALSHA).add(script).add(2 + some.size());
            call.add(keys.runs()).add(keys.written());
            some.forEach(call::add);
            call.add(id.lineage().id().getBytes(StandardCharsets.UTF_8));
            call.add(Long.toString(id.fence().epoch())).add(version.moment());
            deleted += (Long) session.ask(ATTEMPTED, call);
        }
        return deleted;
    }
}
