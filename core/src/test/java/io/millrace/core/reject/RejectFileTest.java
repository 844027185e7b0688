package io.millrace.core.reject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.testkit.RandomBatches;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RejectFileTest {
    @TempDir
    Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    private List<RejectedRow> read(Path file) {
        List<RejectedRow> rows = new ArrayList<>();
        RejectReader.read(List.of(file), rows::add);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyRowIsReadBackAsItWasRejected(int seed) {
        RandomBatches random = new RandomBatches(seed);
        Batch batch = random.batch(random.schema(), 20);
        Path file = folder.resolve("piece-1.jsonl");
        try (RejectWriter writer = new RejectWriter(file, "run")) {
            for (int row = 0; row < 20; row += 3) {
                writer.at("clean").reject(batch, row, "c0", "does not fit");
            }
            Staged staged = writer.stage().orElseThrow();
            assertThat(staged.rows()).isEqualTo(7);
            assertThat(staged.payload()).isEqualTo("piece-1.jsonl");
        }
        List<RejectedRow> rows = read(file);
        assertThat(rows).hasSize(7);
        for (int i = 0; i < rows.size(); i++) {
            RejectedRow row = rows.get(i);
            assertThat(row.ordinal()).isEqualTo(3L * i);
            assertThat(row.split()).isEqualTo("random");
            Map<String, Object> expected = batch.record(3 * i);
            for (Field field : batch.schema()) {
                assertThat(shown(row.row().get(field.name()), field.type()))
                        .isEqualTo(expected(expected.get(field.name())));
            }
        }
    }

    /** JSON has fewer types than we: both sides as the text that a person would compare. */
    private static String shown(JsonNode node, DataType type) {
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(shown(element, type)));
            return elements.toString();
        }
        return node.isNumber()
                ? new BigDecimal(node.asText()).stripTrailingZeros().toPlainString()
                : node.asText();
    }

    private static String expected(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RejectFileTest::expected).toList().toString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.toString();
        }
        return value instanceof Number
                ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    @Test
    void makesNoFileWhereNothingIsRejected() {
        Path file = folder.resolve("none.jsonl");
        try (RejectWriter writer = new RejectWriter(file, "run")) {
            writer.filtered(3);
            assertThat(writer.stage()).isEqualTo(Optional.empty());
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void shortensLongValuesAndKeepsTheirLength() {
        Path file = folder.resolve("long.jsonl");
        try (RejectWriter writer = new RejectWriter(file, "run")) {
            writer.reject("split", 7, "c", "too long", "x".repeat(5000));
            writer.stage();
        }
        RejectedRow row = read(file).get(0);
        assertThat(row.value()).hasSizeLessThan(1100).endsWith("(5000 characters)");
        assertThat(row.row().isNull()).isTrue();
    }

    @Test
    void discardRemovesTheFile() {
        Path file = folder.resolve("gone.jsonl");
        RejectWriter writer = new RejectWriter(file, "run");
        writer.reject("split", 0, null, "bad", null);
        writer.discard();
        assertThat(Files.exists(file)).isFalse();
    }
}
