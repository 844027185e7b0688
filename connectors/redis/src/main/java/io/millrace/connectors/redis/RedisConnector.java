package io.millrace.connectors.redis;

import io.millrace.api.Connector;
import io.millrace.api.LookupFactory;
import io.millrace.api.TargetFactory;
import java.util.Optional;

/** Redis 6 and newer, under the key {@code redis}: one key a row, as a target and for look-ups. */
public final class RedisConnector implements Connector {
    /** For {@link java.util.ServiceLoader}. */
    public RedisConnector() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new RedisTarget());
    }

    @Override
    public Optional<LookupFactory<?>> lookup() {
        return Optional.of(new RedisLookups());
    }
}
