package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import io.millrace.core.key.KeyBytes;
import io.millrace.core.key.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The keys of rows as states know them, and the buckets that they fall into. Both are part of what checkpoints rest on. One thread. */
final class RowKeys {
    private final int[] positions;
    private final KeyBytes bytes = new KeyBytes();

    RowKeys(Schema schema, List<String> key) {
        this.positions = key.stream().mapToInt(schema::require).toArray();
    }

    /** Turns to a row. */
    RowKeys at(Batch batch, int row) {
        bytes.clear();
        for (int position : positions) {
            Column column = batch.column(position);
            bytes.append(column, row);
        }
        return this;
    }

    /** The row's key: its canonical bytes, each a character. */
    String key() {
        return new String(bytes.bytes(), 0, bytes.length(), StandardCharsets.ISO_8859_1);
    }

    int bucket() {
        return (int) Long.remainderUnsigned(XxHash64.hash(bytes.bytes(), 0, bytes.length(), 0), Buckets.COUNT);
    }
}
