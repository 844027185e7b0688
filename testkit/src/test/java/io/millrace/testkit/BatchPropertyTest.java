package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.Row;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the data model over random batches; a failing seed is the parameter in the test's name. */
class BatchPropertyTest {
    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recordsSurviveTheWayIntoABatchAndBack(int seed) {
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        List<Map<String, Object>> records =
                random.records(schema, random.random().nextInt(3000));
        Batch batch = Batch.ofRecords(schema, records);
        assertThat(batch.rowCount()).isEqualTo(records.size());
        assertSameRecords(batch, records);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void chainedSelectionsKeepExactlyTheSelectedRowsAndTheirOrigin(int seed) {
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        Batch batch = random.batch(schema, random.random().nextInt(500));
        List<Map<String, Object>> expected = batch.records();
        List<Long> ordinals = new ArrayList<>(
                IntStream.range(0, batch.rowCount()).mapToObj(i -> (long) i).toList());
        for (int step = 0; step < 4; step++) {
            List<Integer> kept = new ArrayList<>();
            int keepOneIn = 1 + random.random().nextInt(3);
            for (int row = 0; row < batch.rowCount(); row++) {
                if (random.random().nextInt(keepOneIn) == 0) {
                    kept.add(row);
                }
            }
            if (random.random().nextBoolean() && batch.schema().size() > 0) {
                batch.column(0);
            }
            batch = batch.select(Selection.of(kept.stream().mapToInt(i -> i).toArray(), kept.size()));
            expected = kept.stream().map(expected::get).toList();
            ordinals = new ArrayList<>(kept.stream().map(ordinals::get).toList());
        }
        assertSameRecords(batch, expected);
        for (int row = 0; row < batch.rowCount(); row++) {
            assertThat(batch.origin().orElseThrow().ordinal(row)).isEqualTo(ordinals.get(row));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void slicesTileTheBatch(int seed) {
        RandomBatches random = new RandomBatches(seed);
        Batch batch = random.batch(random.schema(), 1 + random.random().nextInt(300));
        int cut = random.random().nextInt(batch.rowCount() + 1);
        List<Map<String, Object>> together = new ArrayList<>(batch.slice(0, cut).records());
        together.addAll(batch.slice(cut, batch.rowCount()).records());
        assertSameRecords(batch, together);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void buildersForgetTruncatedRowsAndCanBeUsedAgain(int seed) {
        RandomBatches random = new RandomBatches(seed);
        var type = random.type();
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int round = 0; round < 3; round++) {
            List<Object> expected = new ArrayList<>();
            for (int i = random.random().nextInt(2500); i > 0; i--) {
                Object value = random.random().nextInt(4) == 0 ? null : random.value(type);
                builder.append(value);
                expected.add(value);
                if (random.random().nextInt(50) == 0) {
                    int keep = random.random().nextInt(expected.size() + 1);
                    builder.truncate(keep);
                    expected = new ArrayList<>(expected.subList(0, keep));
                }
            }
            Column column = builder.build();
            assertThat(column.length()).isEqualTo(expected.size());
            for (int row = 0; row < column.length(); row++) {
                assertThat(comparable(column.value(row))).isEqualTo(comparable(expected.get(row)));
            }
            assertThat(column.nulls().count(column.length())).isEqualTo((int)
                    expected.stream().filter(value -> value == null).count());
        }
    }

    @Test
    void buildersForgetAHalfAppendedList() {
        ListColumn.Builder builder = (ListColumn.Builder) ColumnBuilder.of(DataType.list(DataType.STRING));
        builder.append(List.of("a"));
        builder.elements().append("half");
        builder.truncate(1);
        builder.append(List.of("b", "c"));
        assertThat(builder.build().value(1)).isEqualTo(List.of("b", "c"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cursorSeesWhatRecordsSee(int seed) {
        RandomBatches random = new RandomBatches(seed);
        Batch batch = random.batch(random.schema(), random.random().nextInt(50));
        int seen = 0;
        for (Row row = Row.over(batch); row.next(); seen++) {
            Map<String, Object> record = batch.record(row.position());
            for (String name : batch.schema().names()) {
                assertThat(comparable(row.get(name))).isEqualTo(comparable(record.get(name)));
                assertThat(row.isNull(batch.schema().indexOf(name))).isEqualTo(record.get(name) == null);
            }
        }
        assertThat(seen).isEqualTo(batch.rowCount());
    }

    private static void assertSameRecords(Batch batch, List<Map<String, Object>> expected) {
        assertThat(batch.records().stream().map(BatchPropertyTest::comparable).toList())
                .isEqualTo(expected.stream().map(BatchPropertyTest::comparable).toList());
    }

    /** Byte arrays have no equality by content: they stand as lists of bytes. */
    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + comparable(entry.getValue()))
                    .toList();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(BatchPropertyTest::comparable).toList().toString();
        }
        return value;
    }
}
