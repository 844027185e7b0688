package io.millrace.core.transform.clean;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads settings, schemas and records of golden cases, without the binder of pipeline files. */
final class CleanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CleanJson() {}

    static CleanSettings settings(JsonNode json) {
        JsonNode strings = json.path("strings");
        List<String> except = new ArrayList<>();
        strings.path("except").forEach(name -> except.add(name.asText()));
        Map<String, NullPolicy> nulls = new LinkedHashMap<>();
        json.path("nulls").fields().forEachRemaining(e -> nulls.put(e.getKey(), policy(e.getValue())));
        Map<String, Conversion> types = new LinkedHashMap<>();
        json.path("types")
                .fields()
                .forEachRemaining(e -> types.put(e.getKey(), Conversion.fromYaml(plain(e.getValue()))));
        Map<String, Outlier> outliers = new LinkedHashMap<>();
        json.path("outliers").fields().forEachRemaining(e -> outliers.put(e.getKey(), outlier(e.getValue())));
        return new CleanSettings(
                new StringCleaning(
                        strings.path("trim").asBoolean(true),
                        strings.path("collapse_whitespace").asBoolean(true),
                        strings.path("strip_control").asBoolean(true),
                        except),
                nulls,
                types,
                outliers);
    }

    private static NullPolicy policy(JsonNode json) {
        return switch (json.isTextual() ? json.asText() : "default") {
            case "keep" -> new NullPolicy.Keep();
            case "drop_row" -> new NullPolicy.DropRow();
            case "reject" -> new NullPolicy.Reject();
            default -> new NullPolicy.Default(plain(json.get("default")));
        };
    }

    private static Outlier outlier(JsonNode json) {
        return new Outlier(
                Optional.ofNullable(json.get("min")).map(CleanJson::plain),
                Optional.ofNullable(json.get("max")).map(CleanJson::plain),
                Outlier.Action.valueOf(json.path("action").asText("reject").toUpperCase(Locale.ROOT)));
    }

    private static Object plain(JsonNode json) {
        return MAPPER.convertValue(json, Object.class);
    }

    static Schema schema(JsonNode json) {
        List<Field> fields = new ArrayList<>();
        json.fields()
                .forEachRemaining(e -> fields.add(Field.of(
                        e.getKey(), DataType.parse(e.getValue().asText()).orElseThrow())));
        return Schema.of(fields);
    }

    /** Records given as objects, or, where the schema has one column, as that column's values. */
    static List<Map<String, Object>> records(JsonNode rows, Schema schema) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (JsonNode row : rows) {
            Map<String, Object> record = new LinkedHashMap<>();
            for (Field field : schema) {
                JsonNode value = row.isObject() ? row.path(field.name()) : row;
                record.put(field.name(), value(value, field.type()));
            }
            records.add(record);
        }
        return records;
    }

    static Object value(JsonNode json, DataType type) {
        if (json.isNull() || json.isMissingNode()) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> json.booleanValue();
            case INT32 -> json.intValue();
            case INT64 -> json.longValue();
            case FLOAT64 -> json.isTextual() ? Double.parseDouble(json.asText()) : json.doubleValue();
            case DECIMAL -> new BigDecimal(json.asText()).setScale(((DecimalType) type).scale());
            case STRING, JSON -> json.asText();
            case BINARY -> Base64.getDecoder().decode(json.asText());
            case DATE -> LocalDate.parse(json.asText());
            case TIMESTAMP -> Instant.parse(json.asText());
            case LIST -> {
                List<Object> list = new ArrayList<>();
                json.forEach(element -> list.add(value(element, ((ListType) type).element())));
                yield list;
            }
        };
    }
}
