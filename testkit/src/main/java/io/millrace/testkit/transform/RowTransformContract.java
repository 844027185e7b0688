package io.millrace.testkit.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.Transform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.testkit.RandomBatches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every row transform promises. Extend it with a transform and a schema that it binds to; override
 * {@link #batch(RandomBatches, int)} where random values of the schema's types would all be rejected.
 */
public abstract class RowTransformContract {
    private static final int ROUNDS = 60;

    /** The transform under test; asked for anew whenever it is bound. */
    protected abstract Transform transform();

    /** A schema that it binds to. */
    protected abstract Schema input();

    /** Some rows with an origin whose ordinals ascend. The same sequence of calls for one seed must give equal rows. */
    protected Batch batch(RandomBatches random, int rows) {
        return random.batch(input(), rows);
    }

    /** What binding is given: a fixed start of the run, and no look-ups. */
    protected BindContext context() {
        return new BindContext() {
            @Override
            public Instant runStart() {
                return Instant.parse("2026-01-02T03:04:05Z");
            }

            @Override
            public Lookup lookup(String artifact) {
                throw MillraceException.user("there is no look-up '" + artifact + "' in this test");
            }
        };
    }

    private BoundTransform bind() {
        return transform().bind(input(), context());
    }

    private Batch random(long seed) {
        RandomBatches random = new RandomBatches(seed);
        return batch(random, 1 + random.random().nextInt(200));
    }

    @Test
    void batchesHaveTheDeclaredSchema() {
        try (BoundTransform bound = bind()) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Batch output = bound.apply(random(seed), new RecordedRejects());
                assertThat(output.schema()).as("seed %d", seed).isEqualTo(bound.output());
                for (int i = 0; i < output.schema().size(); i++) {
                    Column column = output.column(i);
                    Field field = output.schema().field(i);
                    assertThat(column.type()).isEqualTo(field.type());
                    if (!field.nullable()) {
                        assertThat(column.nulls().count(output.rowCount()))
                                .as("seed %d, nulls of %s", seed, field)
                                .isZero();
                    }
                }
            }
        }
    }

    @Test
    void everyRowIsAccountedFor() {
        try (BoundTransform bound = bind()) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Batch input = random(seed);
                RecordedRejects rejects = new RecordedRejects();
                Batch output = bound.apply(input, rejects);
                assertThat(output.rowCount() + rejects.leftOut())
                        .as("seed %d", seed)
                        .isEqualTo(input.rowCount());
                assertThat(rejects.deduplicatedRows()).isZero();
            }
        }
    }

    @Test
    void orderAndOriginStay() {
        try (BoundTransform bound = bind()) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Batch input = random(seed);
                RecordedRejects rejects = new RecordedRejects();
                Batch output = bound.apply(input, rejects);
                Origin origin = output.origin().orElseThrow(() -> new AssertionError("the origin is lost"));
                assertThat(origin.splitId())
                        .isEqualTo(input.origin().orElseThrow().splitId());
                TreeSet<Long> seen = new TreeSet<>();
                for (int row = 0; row < output.rowCount(); row++) {
                    long ordinal = origin.ordinal(row);
                    assertThat(seen.isEmpty() || seen.last() < ordinal)
                            .as("seed %d, row %d is behind its predecessor", seed, row)
                            .isTrue();
                    seen.add(ordinal);
                }
                for (RecordedRejects.Rejected rejected : rejects.rejected()) {
                    assertThat(seen.add(rejected.ordinal()))
                            .as(
                                    "seed %d, row %d is passed on and rejected, or rejected twice",
                                    seed, rejected.ordinal())
                            .isTrue();
                    assertThat(rejected.reason()).isNotBlank();
                    assertThat(rejected.column() == null || input().contains(rejected.column()))
                            .as("the rejects name a column of the input: %s", rejected.column())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void anEmptyBatchGivesAnEmptyBatch() {
        try (BoundTransform bound = bind()) {
            RecordedRejects rejects = new RecordedRejects();
            Batch output = bound.apply(new BatchBuilder(input()).build(Origin.of("empty", 0)), rejects);
            assertThat(output.rowCount()).isZero();
            assertThat(output.schema()).isEqualTo(bound.output());
            assertThat(rejects.leftOut()).isZero();
        }
    }

    @Test
    void aBatchOfNullsIsNoError() {
        BatchBuilder builder = new BatchBuilder(input());
        for (int row = 0; row < 100; row++) {
            builder.appendRecord(Map.of());
        }
        try (BoundTransform bound = bind()) {
            RecordedRejects rejects = new RecordedRejects();
            Batch output = bound.apply(builder.build(Origin.of("nulls", 0)), rejects);
            assertThat(output.rowCount() + rejects.leftOut()).isEqualTo(100);
        }
    }

    @Test
    void bindingAgainGivesTheSame() {
        try (BoundTransform one = bind();
                BoundTransform other = bind()) {
            assertThat(one.output()).isEqualTo(other.output());
            for (long seed = 0; seed < ROUNDS; seed++) {
                RecordedRejects rejects = new RecordedRejects();
                RecordedRejects otherRejects = new RecordedRejects();
                assertThat(comparable(one.apply(random(seed), rejects)))
                        .as("seed %d", seed)
                        .isEqualTo(comparable(other.apply(random(seed), otherRejects)));
                assertThat(reasons(rejects)).isEqualTo(reasons(otherRejects));
            }
        }
    }

    @Test
    void selectedRowsGiveTheSameAsCopiedOnes() {
        try (BoundTransform bound = bind()) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Batch batch = random(seed);
                int[] rows = new java.util.Random(seed)
                        .ints(batch.rowCount() / 2, 0, batch.rowCount())
                        .sorted()
                        .distinct()
                        .toArray();
                Batch selected = batch.select(Selection.of(rows, rows.length));
                Batch copied = Batch.of(
                        batch.schema(),
                        selected.rowCount(),
                        selected.columns(),
                        selected.origin().orElse(null));
                RecordedRejects rejects = new RecordedRejects();
                RecordedRejects copiedRejects = new RecordedRejects();
                assertThat(comparable(bound.apply(batch.select(Selection.of(rows, rows.length)), rejects)))
                        .as("seed %d", seed)
                        .isEqualTo(comparable(bound.apply(copied, copiedRejects)));
                assertThat(reasons(rejects)).isEqualTo(reasons(copiedRejects));
            }
        }
    }

    @Test
    void aBatchIsTheSumOfItsRows() {
        try (BoundTransform bound = bind()) {
            for (long seed = 0; seed < 10; seed++) {
                Batch batch = random(seed);
                List<Map<String, Object>> oneByOne = new ArrayList<>();
                for (int row = 0; row < batch.rowCount(); row++) {
                    oneByOne.addAll(comparable(bound.apply(batch.slice(row, row + 1), new RecordedRejects())));
                }
                assertThat(comparable(bound.apply(batch, new RecordedRejects())))
                        .as("seed %d", seed)
                        .isEqualTo(oneByOne);
            }
        }
    }

    @Test
    void theInputIsNotChanged() {
        try (BoundTransform bound = bind()) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Batch batch = random(seed);
                List<Map<String, Object>> before = comparable(batch);
                bound.apply(batch, new RecordedRejects());
                assertThat(comparable(batch)).as("seed %d", seed).isEqualTo(before);
            }
        }
    }

    private static List<String> reasons(RecordedRejects rejects) {
        List<String> reasons = new ArrayList<>();
        rejects.rejected().forEach(r -> reasons.add(r.ordinal() + " " + r.column() + " " + r.reason()));
        reasons.add(rejects.filteredRows() + " filtered");
        return reasons;
    }

    /** Records whose arrays compare by content. */
    private static List<Map<String, Object>> comparable(Batch batch) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Map<String, Object> record : batch.records()) {
            Map<String, Object> copy = new LinkedHashMap<>(record);
            copy.replaceAll((name, value) -> comparable(value));
            records.add(copy);
        }
        return records;
    }

    private static Object comparable(Object value) {
        if (value instanceof List<?> list) {
            return Arrays.deepToString(list.toArray());
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }
}
