package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A whole document with a list of records in it, such as one page of an API's answer: where each record stands, and single
 * values beside them. All of the document has been checked by then. Immutable.
 */
public final class JsonPage {
    private final boolean hasRecords;
    private final int[] bounds;
    private final int count;
    private final String[] values;

    private JsonPage(boolean hasRecords, int[] bounds, int count, String[] values) {
        this.hasRecords = hasRecords;
        this.bounds = bounds;
        this.count = count;
        this.values = values;
    }

    /**
     * Goes through a document.
     *
     * @param records where the list is; empty: the document is the list
     * @param values where single values are that {@link #value} then answers
     * @throws InvalidJson where the document is not strict JSON, has something else than a list at {@code records}, or an
     *     object or list where a single value is wanted
     */
    public static JsonPage read(
            byte[] bytes, int from, int size, Optional<JsonPath> records, List<JsonPath> values, JsonLimits limits)
            throws InvalidJson {
        Scan scan = new Scan(limits, values.size());
        scan.root.add(records.map(JsonPath::steps).orElse(List.of()), -1);
        return read(scan, bytes, from, size, values);
    }

    /** As {@link #read}, for a document in which only single values are wanted: an object without records. */
    public static JsonPage values(byte[] bytes, List<JsonPath> values, JsonLimits limits) throws InvalidJson {
        return read(new Scan(limits, values.size()), bytes, 0, bytes.length, values);
    }

    private static JsonPage read(Scan scan, byte[] bytes, int from, int size, List<JsonPath> values)
            throws InvalidJson {
        for (int i = 0; i < values.size(); i++) {
            scan.root.add(values.get(i).steps(), i);
        }
        try {
            scan.cursor.open(bytes, from, size);
            scan.read(scan.root);
            scan.cursor.finish();
        } catch (BadValue bad) {
            throw new InvalidJson(bad.failure());
        } catch (IOException refused) {
            throw new InvalidJson(scan.cursor.refused(refused));
        } finally {
            scan.cursor.close();
        }
        return new JsonPage(scan.hasRecords, scan.bounds, scan.count, scan.values);
    }

    /** False where the path of the records leads to nothing, not even null. */
    public boolean hasRecords() {
        return hasRecords;
    }

    public int recordCount() {
        return count;
    }

    /** Where a record begins, in the bytes that were read. */
    public int start(int record) {
        return bounds[2 * record];
    }

    /** The number of a record's bytes. */
    public int size(int record) {
        return bounds[2 * record + 1] - bounds[2 * record];
    }

    /** A single value: text without its quotes, a number or boolean as it is written; empty where it is absent or null. */
    public Optional<String> value(int index) {
        return Optional.ofNullable(values[index]);
    }

    /** The walk through the document. Paths lead to -1 for the records, else to the number of a value. */
    private static final class Scan {
        private final JsonCursor cursor;
        private final PathNode<Integer> root = new PathNode<>();
        private final String[] values;
        private boolean hasRecords;
        private int[] bounds = new int[256];
        private int count;

        Scan(JsonLimits limits, int values) {
            this.cursor = new JsonCursor(limits);
            this.values = new String[values];
        }

        void read(PathNode<Integer> node) throws BadValue, IOException {
            JsonToken token = cursor.token();
            boolean records = node.here().contains(-1);
            if (token == JsonToken.VALUE_NULL) {
                hasRecords |= records;
            } else if (records) {
                if (token != JsonToken.START_ARRAY) {
                    throw cursor.mismatch(null, "a list of records");
                }
                hasRecords = true;
                records();
            } else if (!node.here().isEmpty()) {
                value(node.here());
            } else if (token == JsonToken.START_OBJECT && node.hasNames()) {
                long object = cursor.newObject();
                while (cursor.next() != JsonToken.END_OBJECT) {
                    PathNode<Integer> child = node.name(cursor.key(object));
                    cursor.next();
                    readOrSkip(child);
                }
            } else if (token == JsonToken.START_ARRAY && node.hasElements()) {
                for (int i = 0; cursor.next() != JsonToken.END_ARRAY; i++) {
                    readOrSkip(node.element(i));
                }
            } else {
                cursor.skip();
            }
        }

        private void readOrSkip(PathNode<Integer> child) throws BadValue, IOException {
            if (child == null) {
                cursor.skip();
            } else {
                read(child);
            }
        }

        private void value(List<Integer> wanted) throws BadValue, IOException {
            if (cursor.token().isStructStart()) {
                throw cursor.mismatch(null, "a single value");
            }
            String text = cursor.parser().getText();
            wanted.forEach(index -> values[index] = text);
        }

        private void records() throws BadValue, IOException {
            while (cursor.next() != JsonToken.END_ARRAY) {
                if (2 * count + 2 > bounds.length) {
                    bounds = Arrays.copyOf(bounds, bounds.length * 2);
                }
                bounds[2 * count] = cursor.start();
                cursor.skip();
                bounds[2 * count + 1] = cursor.end();
                count++;
            }
        }
    }
}
