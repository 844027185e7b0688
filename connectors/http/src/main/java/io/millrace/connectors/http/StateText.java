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

    long number(String key) {
        return Long.parseLong(get(key));
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    static StateText parse(String text) {
        StateText state = new StateText();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + text + "' is not state of this connector");
            }
            state.values.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return state;
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
