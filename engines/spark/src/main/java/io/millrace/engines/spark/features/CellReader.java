package io.millrace.engines.spark.features;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import java.math.BigInteger;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Appends a cell of Spark's rows, which is not null, to a column of our own. */
interface CellReader {
    void read(SpecializedGetters cells, int ordinal, ColumnBuilder into);

    /** The reader for columns of a type. */
    static CellReader of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> (cells, ordinal, into) -> ((BooleanColumn.Builder) into).append(cells.getBoolean(ordinal));
            case INT32, DATE -> (cells, ordinal, into) -> ((IntColumn.Builder) into).append(cells.getInt(ordinal));
            case INT64, TIMESTAMP -> (cells, ordinal, into) ->
                    ((LongColumn.Builder) into).append(cells.getLong(ordinal));
            case FLOAT64 -> (cells, ordinal, into) -> ((DoubleColumn.Builder) into).append(cells.getDouble(ordinal));
            case DECIMAL -> decimal((DecimalType) type);
            case STRING, JSON -> CellReader::readText;
            case BINARY -> (cells, ordinal, into) -> ((BytesColumn.Builder) into).append(cells.getBinary(ordinal));
            case LIST -> list((ListType) type);
        };
    }

    private static void readText(SpecializedGetters cells, int ordinal, ColumnBuilder into) {
        UTF8String text = cells.getUTF8String(ordinal);
        BytesColumn.Builder builder = (BytesColumn.Builder) into;
        if (text.getBaseObject() instanceof byte[] bytes) {
            builder.append(bytes, (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET), text.numBytes());
        } else {
            builder.append(text.getBytes());
        }
    }

    private static CellReader decimal(DecimalType type) {
        int precision = type.precision();
        int scale = type.scale();
        if (type.fitsLong()) {
            return (cells, ordinal, into) -> ((DecimalColumn.Builder) into)
                    .appendUnscaled(cells.getDecimal(ordinal, precision, scale).toUnscaledLong());
        }
        return (cells, ordinal, into) -> {
            BigInteger unscaled = cells.getDecimal(ordinal, precision, scale)
                    .toJavaBigDecimal()
                    .unscaledValue();
            ((DecimalColumn.Builder) into)
                    .appendUnscaled(unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
        };
    }

    private static CellReader list(ListType type) {
        CellReader element = of(type.element());
        return (cells, ordinal, into) -> {
            ArrayData array = cells.getArray(ordinal);
            ListColumn.Builder list = (ListColumn.Builder) into;
            for (int i = 0; i < array.numElements(); i++) {
                if (array.isNullAt(i)) {
                    list.elements().appendNull();
                } else {
                    element.read(array, i, list.elements());
                }
            }
            list.endRow();
        };
    }
}
