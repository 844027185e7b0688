package io.millrace.connectors.http;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** The request of the first page, without keys: the URL with the parameters of the settings, in the order of their names. */
final class FirstRequest {
    private FirstRequest() {}

    /** @param times further parameters */
    static URI of(HttpSourceSettings settings, Map<String, String> times) {
        Map<String, String> parameters = new TreeMap<>(settings.params());
        parameters.putAll(times);
        URI uri = URI.create(settings.url());
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            uri = Query.with(uri, parameter.getKey(), parameter.getValue());
        }
        return uri;
    }
}
