package io.millrace.formats.parquet.partitioned;

import io.millrace.api.MillraceException;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.time.LocalDate;

/** The types that can be a folder's name and be read back from it. */
enum PartitionColumn {
    TEXT {
        @Override
        void appendKey(Column column, int row, KeyBuffer key) {
            BytesColumn bytes = (BytesColumn) column;
            key.append(bytes.data(), bytes.offsets()[row], bytes.size(row));
        }

        @Override
        String text(Column column, int row) {
            return ((BytesColumn) column).text(row);
        }
    },
    INTEGER {
        @Override
        void appendKey(Column column, int row, KeyBuffer key) {
            key.append(((IntColumn) column).get(row));
        }

        @Override
        String text(Column column, int row) {
            return Integer.toString(((IntColumn) column).get(row));
        }
    },
    LONG {
        @Override
        void appendKey(Column column, int row, KeyBuffer key) {
            key.append(((LongColumn) column).get(row));
        }

        @Override
        String text(Column column, int row) {
            return Long.toString(((LongColumn) column).get(row));
        }
    },
    BOOLEAN {
        @Override
        void appendKey(Column column, int row, KeyBuffer key) {
            key.append(((BooleanColumn) column).get(row) ? 1 : 0);
        }

        @Override
        String text(Column column, int row) {
            return Boolean.toString(((BooleanColumn) column).get(row));
        }
    },
    DATE {
        @Override
        void appendKey(Column column, int row, KeyBuffer key) {
            key.append(((IntColumn) column).get(row));
        }

        @Override
        String text(Column column, int row) {
            return LocalDate.ofEpochDay(((IntColumn) column).get(row)).toString();
        }
    };

    /** Appends the value of a row, which is not null, to a key. */
    abstract void appendKey(Column column, int row, KeyBuffer key);

    /** The value of a row, which is not null, as the folder shows it before escaping. */
    abstract String text(Column column, int row);

    /** How to partition by this column; a user error where its type cannot be. */
    static PartitionColumn of(Field field) {
        return switch (field.type().kind()) {
            case STRING -> TEXT;
            case INT32 -> INTEGER;
            case INT64 -> LONG;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case TIMESTAMP -> throw refused(
                    field, "a timestamp makes a folder of nearly every row; derive a date and partition by that");
            case FLOAT64, DECIMAL -> throw refused(
                    field, "its values are not read back unchanged from folder names; derive a string or an integer");
            case BINARY, JSON, LIST -> throw refused(
                    field, "only string, int32, int64, boolean and date can be folders");
        };
    }

    private static MillraceException refused(Field field, String reason) {
        return MillraceException.user("partition_by: column '" + field.name() + "' is " + field.type() + "; " + reason);
    }
}
