package io.millrace.connectors.redis;

import io.millrace.api.DirectLoader;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.loader.DirectLoaderContract;
import io.millrace.testkit.loader.LossyTarget;
import io.millrace.testkit.network.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Of the target as it is without further settings. */
class RedisLoaderContractTest extends DirectLoaderContract {
    private final EmbeddedRedis server = Servers.empty();

    /** The settings that the contract is held to. */
    Target target() {
        return Target.of(server);
    }

    @Override
    protected DirectLoader loader() {
        return target().loader();
    }

    @Override
    protected List<Map<String, Object>> visible() {
        return Servers.hashes(server, "user:*").entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, Object> row(String key, Map<String, String> hash) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", Long.valueOf(key.substring("user:".length())));
        row.put("name", hash.get("name"));
        row.put("price", hash.containsKey("price") ? Double.valueOf(hash.get("price")) : null);
        return row;
    }

    @Override
    protected List<String> objects() {
        return Servers.keys(server, "*");
    }

    @Override
    protected boolean keyed() {
        return true;
    }

    @Override
    protected Optional<String> secret() {
        return Optional.of(server.password());
    }

    @Override
    protected Optional<Schema> unwritable() {
        return Optional.of(Schema.of(Field.of("id", DataType.FLOAT64), Field.of("name", DataType.STRING)));
    }

    @Override
    protected Optional<LossyTarget> lossy() {
        FaultProxy proxy = FaultProxy.before("127.0.0.1", server.port());
        return Optional.of(new LossyTarget() {
            @Override
            public DirectLoader loader() {
                Target target = Target.at(proxy.port(), server);
                target.retry = RetryPolicy.NONE;
                return target.loader();
            }

            @Override
            public void loseNextCommitAnswer() {
                proxy.loseAnswerTo(chunk -> new String(chunk, StandardCharsets.ISO_8859_1).contains("EVALSHA"));
            }

            @Override
            public void close() {
                proxy.close();
            }
        });
    }

    @Override
    protected DirectLoader unreachable() {
        return Target.at(1, server).loader();
    }

    @Override
    protected Optional<DirectLoader> denied() {
        Target target = Target.of(server);
        target.password = Optional.of(Secret.of("not-the-password"));
        return Optional.of(target.loader());
    }
}
