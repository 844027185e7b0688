package io.millrace.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.testkit.RandomBatches;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBytesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyBatchComesBackAndAnyBatchesBecomeOne(long seed) {
        RandomBatches random = new RandomBatches(seed);
        BatchEncoder encoder = new BatchEncoder();
        for (int round = 0; round < 40; round++) {
            Schema schema = random.schema();
            List<Batch> batches = new ArrayList<>();
            List<Map<String, Object>> records = new ArrayList<>();
            for (int i = 0; i < 1 + random.random().nextInt(4); i++) {
                Batch batch = some(random.batch(schema, random.random().nextInt(70)), random);
                Batch decoded = BatchDecoder.decode(schema, encoder.encode(batch));
                assertThat(text(decoded.records()))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(text(batch.records()));
                batches.add(decoded);
                records.addAll(batch.records());
            }
            assertThat(text(Concatenation.of(batches).records()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(text(records));
        }
    }

    /** Equal for equal values: arrays of bytes by their content. */
    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(BatchBytesTest::text).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet() + text(new ArrayList<>(map.values())) + System.lineSeparator();
        }
        return String.valueOf(value);
    }

    /** Rows in the middle, so that columns begin elsewhere than at 0. */
    private static Batch some(Batch batch, RandomBatches random) {
        int[] rows = IntStream.range(0, batch.rowCount())
                .filter(row -> random.random().nextInt(3) > 0)
                .toArray();
        return batch.select(Selection.of(rows, rows.length));
    }
}
