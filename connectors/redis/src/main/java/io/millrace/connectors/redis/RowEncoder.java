package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the values of rows, as the script takes them. Bound to one batch after the other; one thread. */
abstract sealed class RowEncoder {
    /** What follows a key that holds a string, in the name of the key that holds its version. */
    static final String VERSION_SUFFIX = ":" + Version.NAME;

    final int[] positions;
    final Bytes buffer = new Bytes();

    private RowEncoder(int[] positions) {
        this.positions = positions;
    }

    static RowEncoder of(ValueForm form, List<String> fields, Schema schema, Version version) {
        int[] positions = fields.stream().mapToInt(schema::require).toArray();
        return switch (form) {
            case HASH, STRING -> new Texts(positions);
            case JSON -> new Objects(positions, schema.project(fields), version);
        };
    }

    /**
     * The columns that are written: those named, otherwise all that are not part of the key. A user error where the form
     * cannot hold them.
     */
    static List<String> fields(RedisTargetSettings settings, Schema schema) {
        List<String> inKey = settings.keyTemplate().columns();
        List<String> fields = settings.fields().isEmpty()
                ? schema.names().stream().filter(name -> !inKey.contains(name)).toList()
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
    abstract int width();

    abstract void bind(Batch batch);

    /** Adds a row's values to the call. */
    abstract void add(int row, LoadCall call);

    /** A value for each column. */
    private static final class Texts extends RowEncoder {
        private final Column[] columns;
        private final CellText[] texts;

        Texts(int[] positions) {
            super(positions);
            this.columns = new Column[positions.length];
            this.texts = new CellText[positions.length];
        }

        @Override
        int width() {
            return positions.length;
        }

        @Override
        void bind(Batch batch) {
            for (int i = 0; i < positions.length; i++) {
                columns[i] = batch.column(positions[i]);
                texts[i] = CellText.of(columns[i]);
            }
        }

        @Override
        void add(int row, LoadCall call) {
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
        private Batch projected;

        Objects(int[] positions, Schema schema, Version version) {
            super(positions);
            this.schema = schema;
            this.envelope = new JsonEnvelope(schema, version);
        }

        @Override
        int width() {
            return 1;
        }

        @Override
        void bind(Batch batch) {
            projected = batch.withColumns(
                    schema, IntStream.of(positions).mapToObj(batch::column).toList());
        }

        @Override
        void add(int row, LoadCall call) {
            buffer.clear();
            envelope.append(projected, row, buffer);
            call.addValue(buffer.toArray());
        }
    }
}
