package io.millrace.engines.spark.features;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Values of our columns as Spark has them within a process. */
final class ColumnCells {
    private ColumnCells() {}

    static Decimal decimal(Column column, int row) {
        DecimalColumn decimals = (DecimalColumn) column;
        int precision = decimals.decimalType().precision();
        int scale = decimals.decimalType().scale();
        return decimals.high() == null
                ? Decimal.createUnsafe(decimals.low()[row], precision, scale)
                : Decimal.apply(decimals.decimal(row), precision, scale);
    }

    static UTF8String text(Column column, int row) {
        BytesColumn bytes = (BytesColumn) column;
        return UTF8String.fromBytes(bytes.data(), bytes.offsets()[row], bytes.size(row));
    }

    static byte[] binary(Column column, int row) {
        BytesColumn bytes = (BytesColumn) column;
        return Arrays.copyOfRange(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
    }

    static ColumnArray array(Column column, int row) {
        ListColumn list = (ListColumn) column;
        return new ColumnArray(list.elements(), list.offsets()[row], list.offsets()[row + 1]);
    }

    /** The value of any type, or null. */
    static Object value(Column column, int row, DataType type) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type().kind()) {
            case BOOLEAN -> ((BooleanColumn) column).get(row);
            case INT32, DATE -> ((IntColumn) column).get(row);
            case INT64, TIMESTAMP -> ((LongColumn) column).get(row);
            case FLOAT64 -> ((DoubleColumn) column).get(row);
            case DECIMAL -> decimal(column, row);
            case STRING, JSON -> text(column, row);
            case BINARY -> binary(column, row);
            case LIST -> {
                ColumnArray array = array(column, row);
                DataType element = ((ArrayType) type).elementType();
                Object[] values = new Object[array.numElements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = array.get(i, element);
                }
                yield new org.apache.spark.sql.catalyst.util.GenericArrayData(values);
            }
        };
    }

    static UnsupportedOperationException none(String what) {
        return new UnsupportedOperationException("our columns hold no " + what);
    }

    static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a view of a column is not changed");
    }
}
