package io.millrace.connectors.redis;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonRowEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Appends the text of a column's value, which is not null, as keys and hash fields hold it. */
@FunctionalInterface
interface CellText {
    void append(int row, Bytes out);

    /** The text of a column of any type. */
    static CellText of(Column column) {
        return switch (column.type().kind()) {
            case BOOLEAN -> booleans((BooleanColumn) column);
            case INT32 -> {
                int[] values = ((IntColumn) column).values();
                yield (row, out) -> out.appendNumber(values[row]);
            }
            case INT64 -> {
                long[] values = ((LongColumn) column).values();
                yield (row, out) -> out.appendNumber(values[row]);
            }
            case FLOAT64 -> {
                double[] values = ((DoubleColumn) column).values();
                yield (row, out) -> out.appendAscii(Double.toString(values[row]));
            }
            case DECIMAL -> decimals((DecimalColumn) column);
            case STRING, JSON, BINARY -> {
                BytesColumn bytes = (BytesColumn) column;
                yield (row, out) -> out.append(bytes.data(), bytes.offsets()[row], bytes.size(row));
            }
            case DATE -> {
                int[] values = ((IntColumn) column).values();
                yield (row, out) -> IsoText.appendDate(values[row], out);
            }
            case TIMESTAMP -> {
                long[] values = ((LongColumn) column).values();
                yield (row, out) -> IsoText.appendTimestamp(values[row], out);
            }
            case LIST -> lists(column);
        };
    }

    private static CellText booleans(BooleanColumn column) {
        byte[] yes = "true".getBytes(StandardCharsets.US_ASCII);
        byte[] no = "false".getBytes(StandardCharsets.US_ASCII);
        return (row, out) -> out.append(column.get(row) ? yes : no);
    }

    private static CellText decimals(DecimalColumn column) {
        int scale = column.decimalType().scale();
        if (!column.decimalType().fitsLong()) {
            return (row, out) -> out.appendAscii(column.decimal(row).toPlainString());
        }
        long unit = 1;
        for (int i = 0; i < scale; i++) {
            unit *= 10;
        }
        long[] unscaled = column.low();
        long divisor = unit;
        return (row, out) -> {
            long value = unscaled[row];
            if (value < 0) {
                out.appendByte('-');
                value = -value;
            }
            out.appendNumber(value / divisor);
            if (scale > 0) {
                out.appendByte('.');
                out.appendDigits(value % divisor, scale);
            }
        };
    }

    /** A JSON array: the value of the only member of an object. */
    private static CellText lists(Column column) {
        Schema schema = Schema.of(Field.of("", column.type()));
        Batch batch = Batch.of(schema, column.length(), List.of(column), null);
        JsonRowEncoder encoder = new JsonRowEncoder(schema);
        int start = "{\"\":".length();
        return (row, out) -> {
            byte[] object = encoder.encode(batch, row);
            out.append(object, start, object.length - start - 1);
        };
    }
}
