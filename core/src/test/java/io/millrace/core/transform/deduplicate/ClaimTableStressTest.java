package io.millrace.core.transform.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ByteSize;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.transform.Deduplicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight workers claim overlapping keys while the table grows under them; some of their attempts fail and are retried. */
class ClaimTableStressTest {
    private static final int KEYS = 200_000;
    private static final int PIECES = 64;
    private static final int ROWS = 8_192;
    private static final Schema SCHEMA = Schema.of(Field.of("a", DataType.INT64), Field.of("b", DataType.INT64));

    @ParameterizedTest
    @ValueSource(strings = {"a", "a,b"})
    void exactlyOneWorkerKeepsEachKey(String key) throws Exception {
        ClaimTable table = new Deduplicate(List.of(key.split(","))).claimTable(SCHEMA, 5, ByteSize.parse("256MB"));
        AtomicIntegerArray survivors = new AtomicIntegerArray(KEYS);
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int piece = 0; piece < PIECES; piece++) {
                long seed = piece;
                tasks.add(() -> {
                    work(table, seed, survivors);
                    return null;
                });
            }
            for (Future<Void> task : workers.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            workers.shutdownNow();
        }
        boolean[] read = new boolean[KEYS];
        for (int piece = 0; piece < PIECES; piece++) {
            for (long value : values(piece)) {
                read[(int) value] = true;
            }
        }
        for (int value = 0; value < KEYS; value++) {
            assertThat(survivors.get(value)).as("key %d", value).isEqualTo(read[value] ? 1 : 0);
        }
    }

    private static void work(ClaimTable table, long piece, AtomicIntegerArray survivors) {
        long[] values = values(piece);
        for (int attempt = 1; ; attempt++) {
            Ticket ticket = table.open("p" + piece, attempt);
            List<Long> kept = new ArrayList<>();
            for (int from = 0; from < values.length; from += ROWS) {
                long[] part = java.util.Arrays.copyOfRange(values, from, from + ROWS);
                LongColumn column = LongColumn.of(DataType.INT64, ROWS, NullBitmap.NONE, part);
                Selection selection = ticket.claim(Batch.of(SCHEMA, ROWS, List.of(column, column), null));
                for (int i = 0; i < selection.count(); i++) {
                    kept.add(part[selection.row(i)]);
                }
            }
            if (attempt <= piece % 3) {
                ticket.dead();
            } else {
                ticket.staged();
                kept.forEach(value -> survivors.incrementAndGet(value.intValue()));
                return;
            }
        }
    }

    private static long[] values(long piece) {
        return new Random(piece).longs(4 * ROWS, 0, KEYS).toArray();
    }
}
