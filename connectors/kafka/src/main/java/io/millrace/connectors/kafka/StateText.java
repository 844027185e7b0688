package io.millrace.connectors.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON form of pins, positions and splits: an object of texts, whole numbers and maps from partitions to offsets. */
final class StateText {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Object> values = new LinkedHashMap<>();

    StateText put(String key, String value) {
        values.put(key, value);
        return this;
    }

    StateText put(String key, long value) {
        values.put(key, value);
        return this;
    }

    StateText put(String key, Optional<?> value) {
        value.ifPresent(present -> values.put(key, present));
        return this;
    }

    StateText put(String key, Map<Integer, Long> offsets) {
        values.put(key, new TreeMap<>(offsets));
        return this;
    }

    String text(String key) {
        return (String) required(key);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable((String) values.get(key));
    }

    long number(String key) {
        return (Long) required(key);
    }

    Optional<Long> findNumber(String key) {
        return Optional.ofNullable((Long) values.get(key));
    }

    @SuppressWarnings("unchecked")
    Map<Integer, Long> offsets(String key) {
        return (Map<Integer, Long>) required(key);
    }

    private Object required(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no '" + key + "' in " + this);
        }
        return value;
    }

    /** Reads what {@link #toString} wrote; IllegalArgumentException for anything else. */
    static StateText parse(String text) {
        StateText state = new StateText();
        try (JsonParser parser = JSON.createParser(text)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, text);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    state.put(key, parser.getText());
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    state.put(key, parser.getLongValue());
                } else {
                    expect(token == JsonToken.START_OBJECT, text);
                    state.put(key, offsets(parser, text));
                }
            }
        } catch (IOException | NumberFormatException malformed) {
            throw new IllegalArgumentException("'" + text + "' is not state of this connector", malformed);
        }
        return state;
    }

    private static Map<Integer, Long> offsets(JsonParser parser, String text) throws IOException {
        Map<Integer, Long> offsets = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int partition = Integer.parseInt(parser.currentName());
            expect(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, text);
            offsets.put(partition, parser.getLongValue());
        }
        return offsets;
    }

    private static void expect(boolean right, String text) {
        if (!right) {
            throw new IllegalArgumentException("'" + text + "' is not state of this connector");
        }
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> entry : values.entrySet()) {
                json.writeFieldName(entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> offsets) {
            json.writeStartObject();
            for (Map.Entry<?, ?> offset : offsets.entrySet()) {
                json.writeNumberField(offset.getKey().toString(), (Long) offset.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else {
            json.writeString((String) value);
        }
    }
}
