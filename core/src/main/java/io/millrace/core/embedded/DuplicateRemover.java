package io.millrace.core.embedded;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.record.JavaValues;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code deduplicate} on records, over the same table of claimed keys as in runs. One thread. A key is claimed as one text,
 * since records may show its columns' types late or never.
 */
final class DuplicateRemover implements Transformer {
    private static final Schema KEY = Schema.of(new Field("key", DataType.STRING, false));

    private final Deduplicate settings;
    private Ticket ticket;

    DuplicateRemover(List<String> key) {
        try {
            this.settings = new Deduplicate(key);
        } catch (IllegalArgumentException refused) {
            throw MillraceException.user("deduplicate: key: " + refused.getMessage());
        }
        reset();
    }

    List<String> key() {
        return settings.key();
    }

    @Override
    public Map<String, Object> transform(Map<String, Object> record) {
        return claim(List.of(record)).count() == 0 ? null : record;
    }

    @Override
    public TransformResult transformBatch(List<? extends Map<String, ?>> records) {
        Selection kept = claim(records);
        List<Map<String, Object>> passed = new ArrayList<>(kept.count());
        for (int i = 0; i < kept.count(); i++) {
            passed.add(Collections.unmodifiableMap(new LinkedHashMap<>(records.get(kept.row(i)))));
        }
        return new TransformResult(passed, List.of());
    }

    private Selection claim(List<? extends Map<String, ?>> records) {
        BatchBuilder keys = new BatchBuilder(KEY);
        for (Map<String, ?> record : records) {
            StringBuilder key = new StringBuilder();
            settings.key().forEach(column -> write(record.get(column), key));
            ((BytesColumn.Builder) keys.column(0)).append(key.toString());
        }
        Batch batch = keys.build(null);
        return ticket.claim(batch);
    }

    /** Equal values, and only they, give equal texts: kind, length, text. */
    private static void write(Object value, StringBuilder key) {
        if (value instanceof List<?> list) {
            key.append('L').append(list.size()).append(':');
            list.forEach(element -> write(element, key));
            return;
        }
        DataType type = JavaValues.typeOf(value);
        String text = value == null
                ? ""
                : switch (type.kind()) {
                    case BINARY -> HexFormat.of().formatHex((byte[]) value);
                    case DECIMAL -> ((BigDecimal) JavaValues.as(type, value))
                            .stripTrailingZeros()
                            .toString();
                    case BOOLEAN, INT32, INT64, FLOAT64, STRING, DATE, TIMESTAMP, JSON, LIST -> JavaValues.as(
                                    type, value)
                            .toString();
                };
        key.append(type == null ? "NULL" : type.kind().name())
                .append(text.length())
                .append(':')
                .append(text);
    }

    @Override
    public Schema outputSchema(Schema input) {
        settings.key().forEach(input::require);
        return input;
    }

    /** Forgets the keys seen so far. */
    @Override
    public void reset() {
        ticket = new Deduplicate(KEY.names())
                .claimTable(KEY, ThreadLocalRandom.current().nextLong(), ClaimTable.defaultMemoryLimit())
                .open("records", 1);
    }

    @Override
    public String name() {
        return Deduplicate.NAME;
    }
}
