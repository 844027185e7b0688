package io.millrace.core.reject;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RejectedRowsSourceTest {
    @TempDir
    Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    private Path rejecting(Batch batch, String... steps) {
        Path file = folder.resolve("piece-1.jsonl");
        try (RejectWriter writer = new RejectWriter(file, "run")) {
            for (int row = 0; row < batch.rowCount(); row++) {
                writer.at(steps[row % steps.length]).reject(batch, row, null, "does not fit");
            }
            writer.reject("random", 99, "c0", "cannot be decoded", "raw");
            writer.stage();
        }
        return file;
    }

    private static List<Map<String, Object>> read(RejectedRowsSource source, RejectWriter rejects, int batchRows) {
        Plan plan = source.plan(ExtractRequest.everything(batchRows));
        List<Map<String, Object>> rows = new ArrayList<>();
        plan.splits().forEachRemaining(split -> {
            try (BatchReader reader = source.open(split, Optional.empty(), rejects)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    assertThat(batch.rowCount()).isBetween(1, batchRows);
                    for (int row = 0; row < batch.rowCount(); row++) {
                        rows.add(comparable(batch.record(row)));
                    }
                }
                assertThat(reader.rowsRead()).isEqualTo(rows.size() + rejects.rejected());
            }
        });
        return rows;
    }

    /** Arrays have no equality of their own; and see {@link RowValues} for -0.0. */
    private static Map<String, Object> comparable(Map<String, Object> row) {
        Map<String, Object> compared = new LinkedHashMap<>(row);
        compared.replaceAll((column, value) -> comparable(value));
        return compared;
    }

    private static Object comparable(Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(RejectedRowsSourceTest::comparable)
                    .toList()
                    .toString();
        }
        return value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : value instanceof Double number && number == 0 ? (Object) 0.0 : value;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyRowComesBackAsItCameToTheStep(int seed) {
        RandomBatches random = new RandomBatches(seed);
        Batch batch = random.batch(random.schema(), 20);
        Path file = rejecting(batch, "clean", "derive");
        RejectedRowsSource source = new RejectedRowsSource("run", "clean", batch.schema(), List.of(file));
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row += 2) {
            expected.add(comparable(batch.record(row)));
        }
        try (RejectWriter rejects = new RejectWriter(folder.resolve("again.jsonl"), "again")) {
            assertThat(read(source, rejects, 3)).as("seed %d", seed).isEqualTo(expected);
            assertThat(rejects.rejected()).isZero();
        }
    }

    @Test
    void whatDoesNotFitWhatTheStepTakesNowIsRejectedAgain() {
        RandomBatches random = new RandomBatches(7);
        Schema was = Schema.of(Field.of("id", DataType.STRING), Field.of("gone", DataType.INT64));
        Batch batch = random.batch(was, 10);
        Path file = rejecting(batch, "clean");
        Schema now = Schema.of(Field.of("id", DataType.INT64), Field.of("added", DataType.STRING));
        RejectedRowsSource source = new RejectedRowsSource("run", "clean", now, List.of(file));
        long nulls =
                batch.records().stream().filter(row -> row.get("id") == null).count();
        try (RejectWriter rejects = new RejectWriter(folder.resolve("again.jsonl"), "again")) {
            assertThat(read(source, rejects, 100)).hasSize((int) nulls);
            assertThat(rejects.rejected()).isEqualTo(10 - nulls);
        }
    }

    @Test
    void filesThatHaveChangedAreReadFromTheBeginning() throws IOException {
        Batch batch = new RandomBatches(1).batch(Schema.of(Field.of("id", DataType.INT64)), 5);
        Path file = rejecting(batch, "clean");
        RejectedRowsSource source = new RejectedRowsSource("run", "clean", batch.schema(), List.of(file));
        String pin = source.plan(ExtractRequest.everything(10)).pin();
        assertThat(source.check(pin)).isEqualTo(PinState.VALID);
        Files.writeString(file, Files.readString(file) + "\n");
        assertThat(source.check(pin)).isEqualTo(PinState.RESTART);
    }
}
