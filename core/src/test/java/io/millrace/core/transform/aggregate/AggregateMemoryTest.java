package io.millrace.core.transform.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.Fold;
import io.millrace.core.measure.Measure;
import io.millrace.testkit.transform.RecordedRejects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lifts stay within their memory, and folds give up at theirs. */
class AggregateMemoryTest {
    private static final Schema SCHEMA =
            Schema.of(Field.of("k", DataType.INT64), Field.of("x", DataType.FLOAT64), Field.of("t", DataType.STRING));
    private static final int ROWS = 1_000;
    private static final long LIMIT = 1L << 20;

    private final RecordedRejects rejects = new RecordedRejects();

    private static BoundAggregate step(String... measures) {
        Map<String, Measure> named = new LinkedHashMap<>();
        Arrays.stream(measures).forEach(text -> named.put(text, Measure.parse(text)));
        return BoundAggregate.of(
                new Aggregate(List.of("k"), named, Optional.empty(), Optional.of("k"), List.of()), SCHEMA);
    }

    /** Rows whose keys are {@code first}, first + 1, … within the first {@code keys}. */
    private static Batch rows(long first, long keys) {
        long[] values = new long[ROWS];
        double[] numbers = new double[ROWS];
        BytesColumn.Builder texts = (BytesColumn.Builder) ColumnBuilder.of(DataType.STRING);
        for (int row = 0; row < ROWS; row++) {
            values[row] = (first + row) % keys;
            numbers[row] = row;
            texts.append("text " + (first + row));
        }
        return Batch.of(
                SCHEMA,
                ROWS,
                List.of(
                        LongColumn.of(DataType.INT64, ROWS, NullBitmap.NONE, values),
                        DoubleColumn.of(ROWS, NullBitmap.NONE, numbers),
                        texts.build()),
                null);
    }

    @Test
    void fewKeysAreCombinedBeforeTheExchange() {
        AggregateLift lift = new AggregateLift(step("count(*)", "sum(x)"), LIMIT);
        List<Batch> partials = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lift.add(rows(i * ROWS, 50), partials::add, rejects);
        }
        assertThat(partials).isEmpty();
        lift.flush(partials::add);
        assertThat(partials).hasSize(1);
        assertThat(partials.get(0).rowCount()).isEqualTo(50);
    }

    @Test
    void rowsPassThroughWhereCombiningDoesNotHelp() {
        AggregateLift lift = new AggregateLift(step("count(*)", "sum(x)"), LIMIT);
        List<Batch> partials = new ArrayList<>();
        int batches = 200;
        int passed = 0;
        for (int i = 0; i < batches; i++) {
            int before = partials.size();
            lift.add(rows(i * ROWS, Long.MAX_VALUE), partials::add, rejects);
            passed += partials.size() == before + 1 && partials.get(before).rowCount() == ROWS ? 1 : 0;
        }
        lift.flush(partials::add);
        assertThat(passed).isGreaterThan(batches / 2);
        assertThat(partials.stream().mapToInt(Batch::rowCount).sum()).isEqualTo(batches * ROWS);

        Fold fold = step("count(*)", "sum(x)").fold(AggregateRuns.PLENTY);
        partials.forEach(fold::add);
        assertThat(AggregateRuns.finish(fold, 1_000, rejects))
                .hasSize(batches * ROWS)
                .allSatisfy(row -> assertThat(row.get("count(*)")).isEqualTo(1L));
    }

    @Test
    void aFoldGivesUpAtItsLimit() {
        for (String measure : List.of(
                "count(*)",
                "sum(x)",
                "max(t)",
                "collect_set(t)",
                "collect_set(t, 5)",
                "count(DISTINCT x)",
                "top(t, 3)",
                "last(t, 5)",
                "collect_list(t)",
                "approx_count_distinct(t)",
                "approx_quantile(x, 0.5)")) {
            BoundAggregate step = step(measure);
            Fold fold = step.fold(LIMIT);
            AggregateLift lift = new AggregateLift(step, 0);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            lift.add(rows(i * ROWS, Long.MAX_VALUE), fold::add, rejects);
                        }
                    })
                    .as(measure)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("aggregate: the measures of")
                    .hasMessageContaining("more than 1MB of memory at once; give the process more heap")
                    .hasMessageContaining("engine: spark");
        }
    }
}
