package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import io.millrace.api.RowVersion;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the values of rows, as the script takes them. Bound to one batch after the other; one thread. */
abstract sealed class RowEncoder {
    /** What follows a key that holds a string, in the name of the key that holds its version. */
    static final String VERSION_SUFFIX = ":" + Version.NAME;

    final int[] positions;
    final Bytes buffer = new Bytes();
    /** Null where all rows have one version. */
    final RowMarks marks;

    private RowEncoder(int[] positions, RowMarks marks) {
        this.positions = positions;
        this.marks = marks;
    }

    /**
     * The encoder of a form.
     *
     * @param version of all rows
     * @param marks of each row instead, or null
     */
    static RowEncoder of(ValueForm form, List<String> fields, Schema schema, Version version, RowMarks marks) {
        int[] positions = fields.stream().mapToInt(schema::require).toArray();
        return switch (form) {
            case HASH, STRING -> new Texts(positions, marks);
            case JSON -> new Objects(positions, schema.project(fields), version, marks);
        };
    }

    /**
     * The columns that are written: those named, otherwise all that are not part of the key. A user error where the form
     * cannot hold them.
     */
    static List<String> fields(RedisTargetSettings settings, Schema schema) {
        List<String> inKey = settings.keyTemplate().columns();
        List<String> fields = settings.fields().isEmpty()
                ? schema.names().stream()
                        .filter(name -> !inKey.contains(name) && !RowVersion.isColumn(name))
                        .toList()
                : settings.fields();
        fields.forEach(schema::require);
        if (fields.isEmpty()) {
            throw MillraceException.user("there is nothing to write: every column is part of the key " + settings.key()
                    + "; name some under fields");
        }
        if (settings.as() == ValueForm.STRING && fields.size() > 1) {
            throw MillraceException.user("as: string holds one column, and there are " + String.join(", ", fields)
                    + "; name one under fields, or write as: json");
        }
        if (settings.as() != ValueForm.STRING && fields.contains(Version.NAME)) {
            throw MillraceException.user("a column cannot be called " + Version.NAME
                    + ", where the version stands; leave it out of fields, or rename it");
        }
        if (fields.size() > LoadScript.MOST_FIELDS) {
            throw MillraceException.user(fields.size() + " columns are more than the " + LoadScript.MOST_FIELDS
                    + " that one key can take; name fewer under fields");
        }
        return fields;
    }

    /** How many values the script takes for a row. */
    final int width() {
        return valueCount() + (marks == null ? 0 : RowMarks.WIDTH);
    }

    final void bind(Batch batch) {
        if (marks != null) {
            marks.bind(batch);
        }
        bindValues(batch);
    }

    /** Why a row cannot be written; empty where it can. */
    final Optional<String> fault(int row) {
        return marks == null ? Optional.empty() : marks.fault(row);
    }

    /** Adds a row's values to the call. */
    final void add(int row, LoadCall call) {
        if (marks != null) {
            marks.add(row, call);
        }
        addValues(row, call);
    }

    abstract int valueCount();

    abstract void bindValues(Batch batch);

    abstract void addValues(int row, LoadCall call);

    /** A value for each column. */
    private static final class Texts extends RowEncoder {
        private final Column[] columns;
        private final CellText[] texts;

        Texts(int[] positions, RowMarks marks) {
            super(positions, marks);
            this.columns = new Column[positions.length];
            this.texts = new CellText[positions.length];
        }

        @Override
        int valueCount() {
            return positions.length;
        }

        @Override
        void bindValues(Batch batch) {
            for (int i = 0; i < positions.length; i++) {
                columns[i] = batch.column(positions[i]);
                texts[i] = CellText.of(columns[i]);
            }
        }

        @Override
        void addValues(int row, LoadCall call) {
            for (int i = 0; i < texts.length; i++) {
                if (columns[i].isNull(row)) {
                    call.addNull();
                } else {
                    buffer.clear();
                    texts[i].append(row, buffer);
                    call.addValue(buffer.toArray());
                }
            }
        }
    }

    /** One value: an object of all columns. */
    private static final class Objects extends RowEncoder {
        private final Schema schema;
        private final JsonEnvelope envelope;
        private final byte[] common;
        private Batch projected;

        Objects(int[] positions, Schema schema, Version version, RowMarks marks) {
            super(positions, marks);
            this.schema = schema;
            this.envelope = new JsonEnvelope(schema);
            this.common = version.bytes();
        }

        @Override
        int valueCount() {
            return 1;
        }

        @Override
        void bindValues(Batch batch) {
            projected = batch.withColumns(
                    schema, IntStream.of(positions).mapToObj(batch::column).toList());
        }

        @Override
        void addValues(int row, LoadCall call) {
            buffer.clear();
            envelope.append(marks == null ? common : marks.version(row), projected, row, buffer);
            call.addValue(buffer.toArray());
        }
    }
}
