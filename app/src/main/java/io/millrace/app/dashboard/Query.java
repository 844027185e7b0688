package io.millrace.app.dashboard;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters behind a request's question mark. */
record Query(Map<String, String> parameters) {
    static Query of(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Query(parameters);
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** A number from 0 to the greatest allowed; the default where it is none. */
    int number(String name, int otherwise, int greatest) {
        try {
            return text(name)
                    .map(Integer::parseInt)
                    .map(number -> Math.max(0, Math.min(greatest, number)))
                    .orElse(otherwise);
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }
}
