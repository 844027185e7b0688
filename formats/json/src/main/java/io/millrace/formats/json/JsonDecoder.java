package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.data.BatchBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Appends JSON documents to the columns of a builder, one row each. One thread. Made by {@link JsonFields#decoder}.
 *
 * <p>A row is appended whole or not at all. A value that is absent, or lies in an object or list that is absent, null or too
 * short, is null, as is a null; a required column refuses both. Values of another kind are refused, except that text columns
 * take numbers and booleans as they are written, and number columns (not FLOAT64) text that holds just a number. Numbers are
 * never rounded, except to the nearest FLOAT64; infinite and NaN FLOAT64s are the texts {@code "Infinity"},
 * {@code "-Infinity"} and {@code "NaN"}.
 * BINARY is Base64; JSON columns keep the text of their value.
 */
public final class JsonDecoder {
    private final JsonCursor cursor;
    private final ColumnSlot[] slots;
    private final PathNode<ColumnSlot> root = new PathNode<>();
    private final PlainDocument plain;

    JsonDecoder(JsonFields fields, BatchBuilder builder, int firstColumn, JsonLimits limits) {
        this.cursor = new JsonCursor(limits);
        List<JsonColumn> columns = fields.columns();
        this.slots = new ColumnSlot[columns.size()];
        for (int i = 0; i < slots.length; i++) {
            JsonColumn column = columns.get(i);
            if (!builder.column(firstColumn + i).type().equals(column.type())) {
                throw new IllegalArgumentException("column " + (firstColumn + i) + " of the builder is "
                        + builder.column(firstColumn + i).type() + ", not " + column.type());
            }
            slots[i] = new ColumnSlot(column, Appenders.of(column, column.type(), builder.column(firstColumn + i)));
            root.add(column.path().steps(), slots[i]);
        }
        this.plain = new PlainDocument(root, slots, limits);
    }

    /**
     * Appends the document in {@code bytes[from .. from + size)} as a row. Where it is refused the answer says why, and the
     * columns are as before.
     */
    public Optional<JsonFailure> decode(byte[] bytes, int from, int size) {
        if (plain.append(bytes, from, size)) {
            return Optional.empty();
        }
        int before = slots[0].length();
        Optional<JsonFailure> failure;
        try {
            for (ColumnSlot slot : slots) {
                slot.begin();
            }
            cursor.open(bytes, from, size);
            read(root, null);
            cursor.finish();
            fill();
            return Optional.empty();
        } catch (BadValue bad) {
            failure = Optional.of(bad.failure());
        } catch (IOException refused) {
            failure = Optional.of(cursor.refused(refused));
        } finally {
            cursor.close();
        }
        for (ColumnSlot slot : slots) {
            slot.truncate(before);
        }
        return failure;
    }

    /** As {@link #decode(byte[], int, int)}, for all of an array. */
    public Optional<JsonFailure> decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** @param kept the JSON column that keeps the text of which this value is a part, or null */
    private void read(PathNode<ColumnSlot> node, String kept) throws BadValue, IOException {
        JsonToken token = cursor.token();
        List<ColumnSlot> here = node.here();
        if (token == JsonToken.VALUE_NULL) {
            for (int i = 0; i < here.size(); i++) {
                here.get(i).appendNull();
            }
        } else if (token.isStructStart()) {
            readStructure(node, kept);
        } else if (node.hasNames() || node.hasElements()) {
            throw wrongStructure(node);
        } else {
            for (int i = 0; i < here.size(); i++) {
                here.get(i).append(cursor);
            }
        }
    }

    private void readStructure(PathNode<ColumnSlot> node, String outerKept) throws BadValue, IOException {
        List<ColumnSlot> here = node.here();
        String kept = outerKept;
        for (int i = 0; i < here.size(); i++) {
            kept = here.get(i).keepsText() ? here.get(i).column().name() : kept;
        }
        int start = kept != null ? cursor.start() : 0;
        boolean behind = false;
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).keepsText()) {
                here.get(i).append(cursor);
                behind = true;
            }
        }
        if (!behind) {
            if (node.hasNames() && cursor.token() == JsonToken.START_OBJECT) {
                object(node, kept);
            } else if (node.hasElements() && cursor.token() == JsonToken.START_ARRAY) {
                array(node, kept);
            } else if (node.hasNames() || node.hasElements()) {
                throw wrongStructure(node);
            } else {
                skip(kept);
            }
        }
        for (int i = 0; i < here.size(); i++) {
            if (here.get(i).keepsText()) {
                here.get(i).appendSlice(cursor, start);
            }
        }
    }

    private void object(PathNode<ColumnSlot> node, String kept) throws BadValue, IOException {
        long object = cursor.newObject();
        while (cursor.next() != JsonToken.END_OBJECT) {
            String key = cursor.key(object);
            if (kept != null) {
                cursor.checkKey(key, kept);
            }
            cursor.next();
            PathNode<ColumnSlot> child = node.name(key);
            if (child == null) {
                skip(kept);
            } else {
                read(child, kept);
            }
        }
    }

    private void array(PathNode<ColumnSlot> node, String kept) throws BadValue, IOException {
        for (int i = 0; cursor.next() != JsonToken.END_ARRAY; i++) {
            PathNode<ColumnSlot> child = node.element(i);
            if (child == null) {
                skip(kept);
            } else {
                read(child, kept);
            }
        }
    }

    private void skip(String kept) throws BadValue, IOException {
        if (kept == null) {
            cursor.skip();
        } else {
            cursor.skipText(kept);
        }
    }

    private BadValue wrongStructure(PathNode<ColumnSlot> node) throws BadValue, IOException {
        String column = node == root ? null : node.anyBelow().column().name();
        return cursor.mismatch(column, node.hasNames() ? "an object" : "a list");
    }

    /** Completes the row with nulls. */
    private void fill() throws BadValue {
        for (ColumnSlot slot : slots) {
            if (slot.lacksRequired()) {
                String reason = slot.isAbsent() ? "missing, but required" : "null, but required";
                throw cursor.bad(slot.column().name(), reason);
            }
            slot.fill();
        }
    }
}
