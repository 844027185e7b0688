package io.millrace.connectors.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text form of pins and splits: {@code key=value&…}, percent-encoded, so that values may nest. */
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

    StateText put(String key, List<StateText> list) {
        List<String> parts = list.stream().map(part -> encoded(part.toString())).toList();
        return put(key, (Object) String.join(",", parts));
    }

    String get(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no '" + key + "' in " + this);
        }
        return value;
    }

    long number(String key) {
        return Long.parseLong(get(key));
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(get(key));
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    List<StateText> list(String key) {
        List<StateText> list = new ArrayList<>();
        String text = get(key);
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            list.add(parse(decoded(part)));
        }
        return list;
    }

    static StateText parse(String text) {
        StateText state = new StateText();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + text + "' is not state of this connector");
            }
            state.values.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
        }
        return state;
    }

    @Override
    public String toString() {
        List<String> pairs = new ArrayList<>();
        values.forEach((key, value) -> pairs.add(key + "=" + encoded(value)));
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
