package io.millrace.connectors.postgres;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keys of rows, as the first 128 bits of the SHA-256 of their values: equal keys have equal ones, and no others do. */
final class KeySet {
    private static final int BYTES = 16;

    private final List<String> columns;
    private final Set<Key> keys = new HashSet<>();
    private final MessageDigest digest;

    private record Key(long first, long second) {}

    /** An empty set of keys that consist of these columns. */
    KeySet(List<String> columns) {
        this.columns = List.copyOf(columns);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    static KeySet parse(List<String> columns, String text) {
        KeySet set = new KeySet(columns);
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        while (bytes.hasRemaining()) {
            set.keys.add(new Key(bytes.getLong(), bytes.getLong()));
        }
        return set;
    }

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(keys.size() * BYTES);
        keys.forEach(key -> bytes.putLong(key.first).putLong(key.second));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    int size() {
        return keys.size();
    }

    void addAll(Batch batch) {
        List<Column> values = values(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            keys.add(key(values, row));
        }
    }

    /** For each row of the batch, whether its key is in the set. */
    boolean[] contained(Batch batch) {
        List<Column> values = values(batch);
        boolean[] contained = new boolean[batch.rowCount()];
        for (int row = 0; row < contained.length; row++) {
            contained[row] = keys.contains(key(values, row));
        }
        return contained;
    }

    private List<Column> values(Batch batch) {
        return columns.stream().map(batch::column).toList();
    }

    private Key key(List<Column> values, int row) {
        digest.reset();
        for (Column column : values) {
            Object value = column.value(row);
            byte[] bytes =
                    value instanceof byte[] raw ? raw : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
            // The length keeps ("a", "bc") and ("ab", "c") apart, its sign null and the text "null".
            digest.update(ByteBuffer.allocate(4)
                    .putInt(value == null ? -1 : bytes.length)
                    .array());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Key(hash.getLong(), hash.getLong());
    }
}
