package io.millrace.core.reject;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as {@link RowJson} wrote them, as Java values again; only -0.0 has become 0.0, which JSON decimals have one of. */
final class RowValues {
    private RowValues() {}

    /** The values of these columns; a column that the row lacks is null. IllegalArgumentException where one does not fit. */
    static Map<String, Object> of(Schema schema, JsonNode row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : schema) {
            JsonNode value = row.path(field.name());
            if (!value.isMissingNode() && !value.isNull()) {
                try {
                    values.put(field.name(), value(field.type(), value));
                } catch (IOException | DateTimeException | IllegalArgumentException unfit) {
                    throw new IllegalArgumentException(
                            "column '" + field.name() + "': the stored value " + value + " is no " + field.type()
                                    + ", which the step takes now",
                            unfit);
                }
            }
        }
        return values;
    }

    private static Object value(DataType type, JsonNode value) throws IOException {
        return switch (type.kind()) {
            case BOOLEAN -> require(value.isBoolean(), value).booleanValue();
            case INT32, INT64 -> require(value.isIntegralNumber() && value.canConvertToLong(), value)
                    .longValue();
            case FLOAT64 -> value.isTextual()
                    ? (Object) notFinite(value.textValue())
                    : (Object) require(value.isNumber(), value).doubleValue();
            case DECIMAL -> require(value.isNumber(), value).decimalValue();
            case BINARY -> require(value.isTextual(), value).binaryValue();
            case STRING, JSON -> require(value.isTextual(), value).textValue();
            case DATE -> LocalDate.parse(require(value.isTextual(), value).textValue());
            case TIMESTAMP -> Instant.parse(require(value.isTextual(), value).textValue());
            case LIST -> {
                List<Object> elements = new ArrayList<>();
                for (JsonNode element : require(value.isArray(), value)) {
                    elements.add(element.isNull() ? null : value(((ListType) type).element(), element));
                }
                yield elements;
            }
        };
    }

    /** Numbers that JSON has no form for. */
    private static Double notFinite(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException(text);
        };
    }

    private static JsonNode require(boolean fits, JsonNode value) {
        if (!fits) {
            throw new IllegalArgumentException(value.toString());
        }
        return value;
    }
}
