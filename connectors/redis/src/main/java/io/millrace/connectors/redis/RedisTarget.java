package io.millrace.connectors.redis;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Loader;
import io.millrace.api.TargetFactory;
import java.util.Map;

/** Makes loaders of keys. */
final class RedisTarget implements TargetFactory<RedisTargetSettings> {
    @Override
    public Class<RedisTargetSettings> settings() {
        return RedisTargetSettings.class;
    }

    @Override
    public Loader create(RedisTargetSettings settings, ConnectorContext context) {
        return new RedisLoader(settings, settings.server(context.directory()), context.retry());
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("key", name);
    }
}
