package io.millrace.connectors.redis;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Lookup;
import io.millrace.api.LookupFactory;

/** Makes look-ups by key. */
final class RedisLookups implements LookupFactory<RedisLookupSettings> {
    @Override
    public Class<RedisLookupSettings> settings() {
        return RedisLookupSettings.class;
    }

    @Override
    public Lookup create(RedisLookupSettings settings, ConnectorContext context) {
        return new RedisLookup(settings, settings.server(context.directory()), context.retry());
    }
}
