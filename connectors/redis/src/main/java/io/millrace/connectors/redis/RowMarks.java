package io.millrace.connectors.redis;

import io.millrace.api.RowVersion;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.util.Optional;

/** The versions and expiries of rows that bring them along. Bound to one batch after the other; one thread. */
final class RowMarks {
    /** How many values the script takes for them. */
    static final int WIDTH = 2;

    private static final byte[] NOTHING = {};
    private static final long MICROS = 1_000;

    private final int[] positions;
    private final Optional<Long> ttlMillis;
    private final LongColumn[] columns;
    private final Bytes buffer = new Bytes();

    RowMarks(Schema schema, Optional<Duration> ttl) {
        this.positions = RowVersion.fields().stream()
                .mapToInt(field -> schema.require(field.name()))
                .toArray();
        this.ttlMillis = ttl.map(Duration::toMillis);
        this.columns = new LongColumn[positions.length];
    }

    void bind(Batch batch) {
        for (int i = 0; i < positions.length; i++) {
            columns[i] = (LongColumn) batch.column(positions[i]);
        }
    }

    /** Why a row can have no version. */
    Optional<String> fault(int row) {
        return columns[0].get(row) < 0 ? Optional.of("versions in Redis begin with 1970") : Optional.empty();
    }

    /** The text of a row's version. */
    byte[] version(int row) {
        buffer.clear();
        Version.append(columns[0].get(row), columns[1].get(row), buffer);
        return buffer.toArray();
    }

    /** Adds version and expiry. */
    void add(int row, LoadCall call) {
        call.addValue(version(row));
        call.addValue(expiry(row));
    }

    /** Milliseconds since 1970, or nothing. */
    private byte[] expiry(int row) {
        long ends = columns[3].isNull(row) ? Long.MAX_VALUE : Math.floorDiv(columns[3].get(row), MICROS);
        long lapses =
                ttlMillis.isEmpty() ? Long.MAX_VALUE : Math.floorDiv(columns[2].get(row), MICROS) + ttlMillis.get();
        long at = Math.min(ends, lapses);
        if (at == Long.MAX_VALUE) {
            return NOTHING;
        }
        buffer.clear();
        buffer.appendNumber(at);
        return buffer.toArray();
    }
}
