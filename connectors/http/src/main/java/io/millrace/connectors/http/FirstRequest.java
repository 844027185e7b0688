package io.millrace.connectors.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The request of the first page, without keys: the URL with the parameters of the settings, in the order of their names. */
final class FirstRequest {
    private FirstRequest() {}

    static URI of(HttpSourceSettings settings, Optional<String> since, Optional<String> bound) {
        Map<String, String> parameters = new TreeMap<>(settings.params());
        settings.incremental()
                .ifPresent(rule ->
                        since.ifPresent(value -> parameters.put(rule.since().param(), value)));
        settings.bound().ifPresent(upper -> bound.ifPresent(value -> parameters.put(upper.param(), value)));
        URI uri = URI.create(settings.url());
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            uri = Query.with(uri, parameter.getKey(), parameter.getValue());
        }
        return uri;
    }
}
