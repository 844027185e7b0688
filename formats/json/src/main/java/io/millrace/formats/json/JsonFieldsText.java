package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.data.DataType;
import java.io.IOException;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields as JSON text: a list of objects with the keys name, path, type, required, epoch and zone. */
final class JsonFieldsText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonFieldsText() {}

    static String write(JsonFields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (JsonColumn column : fields.columns()) {
                json.writeStartObject();
                json.writeStringField("name", column.name());
                json.writeStringField("path", column.path().toString());
                json.writeStringField("type", column.type().toString());
                if (column.required()) {
                    json.writeStringField("required", "true");
                }
                if (column.epoch().isPresent()) {
                    json.writeStringField("epoch", column.epoch().get().name());
                }
                if (column.zone().isPresent()) {
                    json.writeStringField("zone", column.zone().get().getId());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return text.toString();
    }

    static JsonFields read(String text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            List<JsonColumn> columns = new ArrayList<>();
            expect(json.nextToken(), JsonToken.START_ARRAY, text);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken(), JsonToken.START_OBJECT, text);
                Map<String, String> values = new HashMap<>();
                for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                    values.put(key, json.nextTextValue());
                }
                columns.add(column(values));
            }
            return new JsonFields(columns);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not the text of JSON fields", e);
        }
    }

    private static void expect(JsonToken found, JsonToken expected, String text) {
        if (found != expected) {
            throw new IllegalArgumentException(found + " instead of " + expected + " in " + text);
        }
    }

    private static JsonColumn column(Map<String, String> values) {
        return new JsonColumn(
                values.get("name"),
                JsonPath.parse(values.get("path")),
                DataType.parse(values.get("type")).orElseThrow(),
                Boolean.parseBoolean(values.get("required")),
                Optional.ofNullable(values.get("epoch")).map(EpochUnit::valueOf),
                Optional.ofNullable(values.get("zone")).map(ZoneId::of));
    }
}
