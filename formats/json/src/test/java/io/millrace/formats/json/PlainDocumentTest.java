package io.millrace.formats.json;

import static io.millrace.formats.json.Documents.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whichever way a document takes, the row or the refusal is the same. */
class PlainDocumentTest {
    private static final JsonFields FIELDS = new JsonFields(List.of(
            JsonColumn.of("i", DataType.INT32),
            JsonColumn.of("l", DataType.INT64),
            JsonColumn.of("f", DataType.FLOAT64),
            JsonColumn.of("d", DataType.decimal(9, 2)),
            JsonColumn.of("e", DataType.decimal(38, 18)),
            JsonColumn.of("s", DataType.STRING),
            JsonColumn.of("b", DataType.BOOLEAN),
            JsonColumn.of("day", DataType.DATE),
            JsonColumn.of("t", DataType.TIMESTAMP),
            new JsonColumn(
                    "ms",
                    JsonPath.of("ms"),
                    DataType.TIMESTAMP,
                    false,
                    Optional.of(EpochUnit.MILLISECONDS),
                    Optional.empty()),
            new JsonColumn("must", JsonPath.of("must"), DataType.STRING, true, Optional.empty(), Optional.empty()),
            column("page", "props.page", DataType.STRING),
            column("deep", "props.more.n", DataType.INT64),
            column("whole", "kept", DataType.JSON)));

    private static final List<String> KEYS = List.of(
            "i", "l", "f", "d", "e", "s", "b", "day", "t", "ms", "must", "props", "kept", "x", "other", "ключ",
            "\\u0069");

    private static final List<String> VALUES = List.of(
            "0",
            "-0",
            "7",
            "-12",
            "007",
            "2147483648",
            "9223372036854775807",
            "123456789012345678",
            "1.5",
            "-0.0",
            "1.",
            ".5",
            "12.25",
            "0.1",
            "0.30000000000000004",
            "1e3",
            "1E400",
            "9007199254740993",
            "90071992547409.93",
            "-",
            "1.2.3",
            "+1",
            "true",
            "false",
            "null",
            "tru",
            "nullx",
            "NaN",
            "\"\"",
            "\"text\"",
            "\"5\"",
            "\"häß 漢字 😀\"",
            "\"tab\\t\"",
            "\"raw\ttab\"",
            "\"quote\\\"d\"",
            "\"half \\ud800\"",
            "\"2024-02-29\"",
            "\"2023-02-29\"",
            "\"2024-01-31T08:30:00Z\"",
            "\"2024-01-31 08:30:00.123456\"",
            "\"2024-01-31T08:30:00+02:00\"",
            "\"a text that is longer than any date or time that there is, by far, so that it cannot be one\"",
            "1709251200000",
            "-1",
            "[]",
            "[1, 2]",
            "{}",
            "{\"page\":\"/\"}",
            "{\"page\": null, \"more\": {\"n\": 3}}",
            "{\"more\":{\"n\":3,\"n\":4}}",
            "{\"x\":{\"page\":1}}");

    private static String document(Random random) {
        StringBuilder text = new StringBuilder(space(random)).append('{');
        List<String> keys = new ArrayList<>(KEYS);
        int size = random.nextInt(8);
        for (int i = 0; i < size; i++) {
            // Some keys come twice.
            String key = random.nextInt(20) == 0 ? "i" : keys.remove(random.nextInt(keys.size()));
            text.append(i == 0 ? "" : ",")
                    .append(space(random))
                    .append('"')
                    .append(key)
                    .append('"');
            text.append(space(random)).append(':').append(space(random));
            text.append(VALUES.get(random.nextInt(VALUES.size()))).append(space(random));
        }
        if (random.nextInt(8) != 0 && keys.contains("must")) {
            text.append(size == 0 ? "" : ",").append("\"must\":\"is\"");
        }
        return text.append('}').append(space(random)).toString();
    }

    private static String space(Random random) {
        return random.nextInt(6) == 0 ? " \t\r\n".substring(0, 1 + random.nextInt(4)) : "";
    }

    private static byte[] damaged(String document, Random random) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        int damages = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
        for (int i = 0; i < damages; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void bothWaysReadTheSame() {
        long seed = new Random().nextLong();
        System.out.println("PlainDocumentTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            BatchBuilder builder = new BatchBuilder(FIELDS.schema());
            BatchBuilder expected = new BatchBuilder(FIELDS.schema());
            // Afresh each time, so that no decoder has given up on the plain way.
            JsonDecoder decoder = FIELDS.decoder(builder, 0, JsonLimits.DEFAULT);
            JsonDecoder byTokens = FIELDS.decoder(expected, 0, JsonLimits.DEFAULT);
            for (int i = 0; i < 10; i++) {
                byte[] document = damaged(document(random), random);
                String shown = "seed " + seed + ", " + new String(document, StandardCharsets.UTF_8);
                Optional<JsonFailure> failure = decoder.decode(padded(document), 3, document.length);
                // A byte order mark is what the plain way does not know.
                Optional<JsonFailure> right = byTokens.decode(marked(document));
                assertThat(failure.map(JsonFailure::reason)).as(shown).isEqualTo(right.map(JsonFailure::reason));
                assertThat(failure.flatMap(JsonFailure::column))
                        .as(shown)
                        .isEqualTo(right.flatMap(JsonFailure::column));
                assertThat(builder.rowCount()).as(shown).isEqualTo(expected.rowCount());
            }
            assertThat(builder.build(null).records())
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(expected.build(null).records());
        }
    }

    /** In the middle of other bytes, which must not be looked at. */
    private static byte[] padded(byte[] document) {
        byte[] padded = new byte[document.length + 12];
        java.util.Arrays.fill(padded, (byte) '"');
        System.arraycopy(document, 0, padded, 3, document.length);
        return padded;
    }

    private static byte[] marked(byte[] document) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        marked.writeBytes(document);
        return marked.toByteArray();
    }

    @Test
    void theUsualKindTakesThePlainWay() {
        BatchBuilder builder = new BatchBuilder(FIELDS.schema());
        PlainDocument plain = plain(builder);
        for (String usual : List.of(
                "{\"i\":1,\"l\":-2,\"f\":0.25,\"d\":12.5,\"e\":3,\"s\":\"häß\",\"b\":true,\"must\":\"\"}",
                "{ \"day\": \"2024-02-29\", \"t\": \"2024-01-31T08:30:00Z\", \"ms\": 5, \"must\": \"x\" }",
                "{\"unknown\":12,\"i\":null,\"must\":\"x\",\"props\":{\"page\":\"/\",\"more\":{\"n\":7}}}")) {
            byte[] bytes = usual.getBytes(StandardCharsets.UTF_8);
            assertThat(plain.append(bytes, 0, bytes.length)).as(usual).isTrue();
        }
        assertThat(builder.rowCount()).isEqualTo(3);
    }

    @Test
    void givesUpForAWhileOnDocumentsOfAnotherKind() {
        BatchBuilder builder = new BatchBuilder(FIELDS.schema());
        PlainDocument plain = plain(builder);
        byte[] other = "{\"must\":\"\\u0061\"}".getBytes(StandardCharsets.UTF_8);
        byte[] usual = "{\"must\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            assertThat(plain.append(other, 0, other.length)).isFalse();
        }
        int refused = 0;
        while (!plain.append(usual, 0, usual.length)) {
            refused++;
        }
        assertThat(refused).isBetween(1, 1_024);
        assertThat(plain.append(usual, 0, usual.length)).isTrue();
    }

    private static PlainDocument plain(BatchBuilder builder) {
        PathNode<ColumnSlot> root = new PathNode<>();
        ColumnSlot[] slots = new ColumnSlot[FIELDS.columns().size()];
        for (int i = 0; i < slots.length; i++) {
            JsonColumn column = FIELDS.columns().get(i);
            slots[i] = new ColumnSlot(column, Appenders.of(column, column.type(), builder.column(i)));
            root.add(column.path().steps(), slots[i]);
        }
        return new PlainDocument(root, slots, JsonLimits.DEFAULT);
    }
}
