package io.millrace.connectors.http;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.SourceFactory;
import java.time.Clock;
import java.util.Map;

/** Makes extractors of APIs. */
final class HttpSource implements SourceFactory<HttpSourceSettings> {
    @Override
    public Class<HttpSourceSettings> settings() {
        return HttpSourceSettings.class;
    }

    @Override
    public Extractor create(HttpSourceSettings settings, ConnectorContext context) {
        return new HttpExtractor(settings, context.retry(), Clock.systemUTC());
    }

    /** A Java program names an API by its URL. */
    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("url", name);
    }
}
