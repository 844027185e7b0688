package io.millrace.core.transform.clean;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.text.ShortestFloat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;

/**
 * A list as a JSON array without spaces: numbers and booleans as such, all else as strings in the form that converting the
 * element to text gives; binary in Base64.
 */
final class ListToText extends BuildingConversion<BytesColumn.Builder> {
    private static final JsonFactory JSON = new JsonFactory();
    private Column lists;

    ListToText() {
        super(DataType.STRING);
    }

    @Override
    void begin(Column column) {
        lists = column;
    }

    @Override
    String convert(int row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, lists.value(row));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        out.append(text.toString());
        return null;
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            generator.writeNumber(ShortestFloat.text(number));
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number.toPlainString());
        } else if (value instanceof Number number && !(value instanceof Double)) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            generator.writeString(Base64.getEncoder().encodeToString(bytes));
        } else {
            generator.writeString(value.toString());
        }
    }
}
