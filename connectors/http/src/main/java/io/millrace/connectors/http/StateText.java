package io.millrace.connectors.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text form of pins, splits and resume points: {@code key=value&…}, percent-encoded. */
final class StateText {
    private final Map<String, String> values = new LinkedHashMap<>();

    StateText put(String key, Object value) {
        values.put(key, String.valueOf(value));
        return this;
    }

    StateText put(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    String get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("there is no '" + key + "' in " + this));
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }

    long number(String key) {
        return Long.parseLong(get(key));
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    static StateText parse(String text) {
        StateText state = new StateText();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + text + "' is not state of this connector");
            }
            state.values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return state;
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
