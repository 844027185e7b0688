package io.millrace.formats.csv;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** Appends values of one column. One thread. */
abstract class CellAppender {
    private final ColumnBuilder builder;

    CellAppender(ColumnBuilder builder) {
        this.builder = builder;
    }

    static CellAppender of(CsvColumn column, ColumnBuilder builder) {
        return switch (column.type().kind()) {
            case STRING -> new TextAppender((BytesColumn.Builder) builder);
            case BOOLEAN -> new BooleanAppender((BooleanColumn.Builder) builder);
            case INT32 -> new IntAppender((IntColumn.Builder) builder);
            case INT64 -> new LongAppender((LongColumn.Builder) builder);
            case FLOAT64 -> new FloatAppender((DoubleColumn.Builder) builder);
            case DECIMAL -> new DecimalAppender((DataType.DecimalType) column.type(), (DecimalColumn.Builder) builder);
            case DATE -> new DateAppender((IntColumn.Builder) builder);
            case TIMESTAMP -> new TimestampAppender(column.zone(), (LongColumn.Builder) builder);
            case JSON, BINARY, LIST -> throw new IllegalArgumentException("no CSV value is " + column.type());
        };
    }

    final void appendNull() {
        builder.appendNull();
    }

    /** Appends what the text says and returns null, or returns the reason why it says nothing of the type. */
    abstract String append(byte[] bytes, int from, int to);

    private static final class TextAppender extends CellAppender {
        private final BytesColumn.Builder out;

        TextAppender(BytesColumn.Builder out) {
            super(out);
            this.out = out;
        }

        @Override
        String append(byte[] bytes, int from, int to) {
            out.append(bytes, from, to - from);
            return null;
        }
    }

    /** true and false, in any case. */
    private static final class BooleanAppender extends CellAppender {
        private final BooleanColumn.Builder out;

        BooleanAppender(BooleanColumn.Builder out) {
            super(out);
            this.out = out;
        }

        @Override
        String append(byte[] bytes, int from, int to) {
            boolean isTrue = is("true", bytes, from, to) || is("1", bytes, from, to);
            if (!isTrue && !is("false", bytes, from, to) && !is("0", bytes, from, to)) {
                return "is not a boolean (true, 1, false, 0)";
            }
            out.append(isTrue);
            return null;
        }

        private static boolean is(String word, byte[] bytes, int from, int to) {
            if (word.length() != to - from) {
                return false;
            }
            for (int i = 0; i < word.length(); i++) {
                byte character = bytes[from + i];
                int lower = character >= 'A' && character <= 'Z' ? character + 32 : character;
                if (lower != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
