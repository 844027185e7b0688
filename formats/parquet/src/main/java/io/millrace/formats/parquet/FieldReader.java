package io.millrace.formats.parquet;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.ListColumn;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Reads one top-level column: a primitive, or a list of primitives in the standard layout or in an older one.
 *
 * @param listPresent the definition level from which a list is not null, or -1 where the column is no list
 */
record FieldReader(Field field, ColumnDescriptor descriptor, Decoding decoding, int listPresent) {
    /** IllegalArgumentException, which names the column, where we have no such type. */
    static FieldReader of(Type type, ColumnDescriptor descriptor) {
        try {
            PrimitiveType leaf = descriptor.getPrimitiveType();
            Decoding decoding = Decoding.of(leaf);
            int listPresent = listPresent(type);
            DataType dataType = listPresent < 0 ? decoding.type() : DataType.list(decoding.type());
            Field field = new Field(type.getName(), dataType, type.isRepetition(Repetition.OPTIONAL));
            return new FieldReader(field, descriptor, decoding, listPresent);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("column '" + type.getName() + "': " + unknown.getMessage(), unknown);
        }
    }

    private static int listPresent(Type type) {
        if (type.isPrimitive()) {
            return type.isRepetition(Repetition.REPEATED) ? 0 : -1;
        }
        boolean list = type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                && !type.isRepetition(Repetition.REPEATED)
                && type.asGroupType().getFieldCount() == 1;
        if (list) {
            Type repeated = type.asGroupType().getType(0);
            boolean oneElement = repeated.isPrimitive()
                    || repeated.asGroupType().getFieldCount() == 1
                            && repeated.asGroupType().getType(0).isPrimitive()
                            && !repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED);
            if (repeated.isRepetition(Repetition.REPEATED) && oneElement) {
                return type.isRepetition(Repetition.OPTIONAL) ? 1 : 0;
            }
        }
        throw new IllegalArgumentException("structs, maps and nested lists have no counterpart here");
    }

    /** Appends this many rows. */
    void read(ColumnReader in, ColumnBuilder out, int rows) {
        int defined = descriptor.getMaxDefinitionLevel();
        for (int row = 0; row < rows; row++) {
            if (listPresent >= 0) {
                readList(in, (ListColumn.Builder) out, defined);
                continue;
            }
            if (in.getCurrentDefinitionLevel() == defined) {
                decoding.appender().append(in, out);
            } else {
                out.appendNull();
            }
            in.consume();
        }
    }

    private void readList(ColumnReader in, ListColumn.Builder out, int defined) {
        if (in.getCurrentDefinitionLevel() < listPresent) {
            out.appendNull();
            in.consume();
            return;
        }
        do {
            int level = in.getCurrentDefinitionLevel();
            if (level == defined) {
                decoding.appender().append(in, out.elements());
            } else if (level > listPresent) {
                out.elements().appendNull();
            }
            in.consume();
        } while (in.getCurrentRepetitionLevel() > 0);
        out.endRow();
    }
}
