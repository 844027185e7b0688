package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes the keys of rows by a template. Bound to one batch after the other; one thread. */
final class RowKeys {
    private final KeyTemplate template;
    private final int[] positions;
    private final byte[][] literals;
    private final Column[] columns;
    private final CellText[] texts;

    /** Resolves the template's columns; a user error names one that is not there, or cannot be part of a key. */
    RowKeys(KeyTemplate template, Schema schema) {
        this.template = template;
        this.positions = template.columns().stream()
                .mapToInt(name -> require(schema, name))
                .toArray();
        this.literals = template.literals().stream()
                .map(literal -> literal.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.columns = new Column[positions.length];
        this.texts = new CellText[positions.length];
    }

    private static int require(Schema schema, String name) {
        int position = schema.require(name);
        DataType type = schema.field(position).type();
        boolean fit =
                switch (type.kind()) {
                    case BOOLEAN, INT32, INT64, DECIMAL, STRING, DATE, TIMESTAMP -> true;
                    case FLOAT64, BINARY, JSON, LIST -> false;
                };
        if (!fit) {
            throw MillraceException.user("column '" + name + "' is a " + type
                    + " and cannot be part of a key: equal values may be written in several ways; convert it to a"
                    + " string, an integer or a decimal");
        }
        return position;
    }

    void bind(Batch batch) {
        for (int i = 0; i < positions.length; i++) {
            columns[i] = batch.column(positions[i]);
            texts[i] = CellText.of(columns[i]);
        }
    }

    /** A part of a key that cannot be one. */
    record Fault(String column, String reason) {}

    /** Puts a row's key into the buffer, or says why there is none. */
    Optional<Fault> write(int row, Bytes out) {
        out.clear();
        out.append(literals[0]);
        for (int i = 0; i < texts.length; i++) {
            if (columns[i].isNull(row)) {
                return fault(i, "null, but part of the key");
            }
            int start = out.size();
            texts[i].append(row, out);
            int end = out.size();
            out.append(literals[i + 1]);
            boolean last = i == texts.length - 1;
            if (!last && out.indexOf(literals[i + 1], start) != end) {
                return fault(i, "holds '" + template.literals().get(i + 1) + "', which separates the parts of the key");
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> fault(int column, String reason) {
        return Optional.of(new Fault(template.columns().get(column), reason));
    }
}
