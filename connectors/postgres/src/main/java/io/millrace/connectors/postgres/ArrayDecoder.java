package io.millrace.connectors.postgres;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.ListColumn;

/** One-dimensional arrays into LIST; lower bounds other than 1 are not kept. */
final class ArrayDecoder extends CellDecoder {
    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    private final ListColumn.Builder column;
    private final ColumnBuilder elements;
    private final CellDecoder decoder;

    ArrayDecoder(ColumnBuilder builder, PostgresType element) {
        this.column = (ListColumn.Builder) builder;
        this.elements = column.elements();
        this.decoder = element.decoder().of(elements);
    }

    @Override
    String decode(byte[] bytes, int at, int size) {
        int dimensions = BigEndian.intAt(bytes, at);
        if (dimensions > 1) {
            return "an array of " + dimensions + " dimensions; a list has one";
        }
        int before = elements.length();
        if (dimensions == 1) {
            String problem = decodeElements(bytes, at + HEADER + DIMENSION, BigEndian.intAt(bytes, at + HEADER));
            if (problem != null) {
                elements.truncate(before);
                return problem;
            }
        }
        column.endRow();
        return null;
    }

    private String decodeElements(byte[] bytes, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int size = BigEndian.intAt(bytes, at);
            at += 4;
            if (size < 0) {
                elements.appendNull();
                continue;
            }
            String problem = decoder.decode(bytes, at, size);
            if (problem != null) {
                return "element " + (i + 1) + ": " + problem;
            }
            at += size;
        }
        return null;
    }
}
