package io.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is read again: the same values, whatever they are. */
class RoundTripTest {
    private static JsonFields fields(Schema schema) {
        return new JsonFields(schema.fields().stream()
                .map(field -> new JsonColumn(
                        field.name(),
                        JsonPath.of(field.name()),
                        field.type(),
                        !field.nullable(),
                        Optional.empty(),
                        Optional.empty()))
                .toList());
    }

    private static List<String> comparable(Batch batch) {
        return batch.records().stream()
                .map(Map::entrySet)
                .map(entries -> entries.stream()
                        .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                        .toList()
                        .toString())
                .toList();
    }

    private static String shown(Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return value instanceof List<?> list
                ? list.stream().map(RoundTripTest::shown).toList().toString()
                : String.valueOf(value);
    }

    @Test
    void decodingUndoesEncoding() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("RoundTripTest seed " + seed);
        RandomBatches random = new RandomBatches(seed);
        for (int round = 0; round < 300; round++) {
            Schema schema = random.schema();
            Batch batch = random.batch(schema, random.random().nextInt(40));
            BatchBuilder builder = new BatchBuilder(schema);
            JsonDecoder decoder = fields(schema).decoder(builder, 0, JsonLimits.DEFAULT);
            JsonRowEncoder encoder = new JsonRowEncoder(schema);
            for (int row = 0; row < batch.rowCount(); row++) {
                byte[] document = encoder.encode(batch, row);
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                encoder.writeLine(batch, row, line);
                assertThat(line.toByteArray()).startsWith(document).hasSize(document.length + 1);
                assertThat(decoder.decode(document))
                        .as("seed %d, %s", seed, schema)
                        .isEmpty();
            }
            assertThat(comparable(builder.build(null)))
                    .as("seed %d, %s", seed, schema)
                    .isEqualTo(comparable(batch));
        }
    }

    /** Damaged documents are refused or read, but never throw and never leave half a row. */
    @Test
    void damagedDocumentsLeaveWholeRowsOnly() {
        long seed = new Random().nextLong();
        System.out.println("RoundTripTest seed " + seed);
        RandomBatches random = new RandomBatches(seed);
        Random choice = random.random();
        int refused = 0;
        for (int round = 0; round < 100; round++) {
            Schema schema = random.schema();
            Batch batch = random.batch(schema, 20);
            BatchBuilder builder = new BatchBuilder(schema);
            JsonDecoder decoder = fields(schema).decoder(builder, 0, JsonLimits.DEFAULT);
            JsonRowEncoder encoder = new JsonRowEncoder(schema);
            List<String> whole = new ArrayList<>();
            for (int row = 0; row < batch.rowCount(); row++) {
                byte[] document = encoder.encode(batch, row);
                byte[] damaged = document.clone();
                damaged[choice.nextInt(damaged.length)] = (byte) choice.nextInt(256);
                int size = choice.nextBoolean() ? damaged.length : choice.nextInt(damaged.length);
                int before = builder.rowCount();
                Optional<JsonFailure> failure = decoder.decode(damaged, 0, size);
                refused += failure.isPresent() ? 1 : 0;
                assertThat(builder.rowCount()).isEqualTo(failure.isPresent() ? before : before + 1);
                failure.ifPresent(bad -> assertThat(bad.offset()).isBetween(0L, (long) size));
                builder.truncate(before);
                assertThat(decoder.decode(document)).as("seed %d", seed).isEmpty();
                whole.add(comparable(batch).get(row));
            }
            assertThat(comparable(builder.build(null))).as("seed %d", seed).isEqualTo(whole);
        }
        assertThat(refused).isGreaterThan(500);
    }
}
