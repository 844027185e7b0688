package io.millrace.features.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.List;

/** What is kept of tiles, as JSON. */
final class TileJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TileJson() {}

    private record StoredField(String name, String type, boolean nullable) {}

    static String text(Schema schema) {
        return text(schema.fields().stream()
                .map(field -> new StoredField(field.name(), field.type().toString(), field.nullable()))
                .toList());
    }

    static Schema schema(String text) {
        return Schema.of(read(text, new TypeReference<List<StoredField>>() {}).stream()
                .map(field ->
                        new Field(field.name(), DataType.parse(field.type()).orElseThrow(), field.nullable()))
                .toList());
    }

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** IllegalArgumentException where it is something else. */
    static <T> T read(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalArgumentException(damaged.getOriginalMessage(), damaged);
        }
    }
}
