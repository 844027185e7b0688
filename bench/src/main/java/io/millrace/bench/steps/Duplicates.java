package io.millrace.bench.steps;

import io.millrace.api.ByteSize;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Keys claimed by one worker: five million different ones, in no order. */
final class Duplicates implements Work {
    private static final int KEYS = 5_000_000;
    private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64));

    private final List<Batch> batches = new ArrayList<>();

    Duplicates() {
        Random random = new Random(3);
        for (int i = 0; i < KEYS / Sample.ROWS; i++) {
            long[] values = random.longs(Sample.ROWS).toArray();
            Column column = LongColumn.of(DataType.INT64, Sample.ROWS, NullBitmap.NONE, values);
            batches.add(Batch.of(SCHEMA, Sample.ROWS, List.of(column), null));
        }
    }

    @Override
    public long run() {
        ClaimTable table = new Deduplicate(List.of("id")).claimTable(SCHEMA, 7, ByteSize.parse("2GB"));
        table.expect(KEYS);
        Ticket ticket = table.open("piece", 1);
        long rows = 0;
        for (Batch batch : batches) {
            ticket.claim(batch);
            rows += batch.rowCount();
        }
        return rows;
    }
}
