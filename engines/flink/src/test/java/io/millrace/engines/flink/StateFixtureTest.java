package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Counts;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.stream.KeyedCounts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What checkpoints and targets hold, as earlier versions have written it: it stays readable. The texts are never edited. */
class StateFixtureTest {
    private static final String PIECE_1 =
            "{\"version\":1,\"checkpoint\":17,\"task\":\"3\",\"counts\":{\"extracted\":10,"
                    + "\"transformed\":8,\"loaded\":5,\"filtered\":2,\"deduplicated\":1,\"rejected\":2},\"staged\":{\"connector\":"
                    + "\"parquet\",\"version\":1,\"payload\":\"x\",\"rows\":5},\"spool\":{\"file\":\"a.spool\",\"rows\":7,\"schema\":"
                    + "[{\"name\":\"price\",\"type\":\"decimal(10,2)\",\"nullable\":true}]},\"rejects\":\"b.jsonl\",\"watermark\":-5,"
                    + "\"next\":{\"0\":11,\"2\":12}}";
    private static final String STATE_1 = "{\"version\":1,\"pipeline\":\"clicks\",\"lineage\":\"l-1\",\"pin\":\"{}\","
            + "\"definition\":\"{\\\"version\\\":1,\\\"entries\\\":[]}\",\"counts\":{\"extracted\":3,\"transformed\":3,"
            + "\"loaded\":3,\"filtered\":0,\"deduplicated\":0,\"rejected\":0}}";
    private static final String PIECE_2 =
            "{\"version\":2,\"checkpoint\":17,\"task\":\"1-3\",\"counts\":{\"extracted\":0,"
                    + "\"transformed\":0,\"loaded\":4,\"filtered\":0,\"deduplicated\":1,\"rejected\":2},\"staged\":{\"connector\":"
                    + "\"delta\",\"version\":1,\"payload\":\"x\",\"rows\":5},\"spool\":null,\"rejects\":null,\"watermark\":null,"
                    + "\"next\":{},\"keyed\":{\"groups\":{\"extracted\":5,\"transformed\":5,\"loaded\":5,\"filtered\":0,"
                    + "\"deduplicated\":0,\"rejected\":0},\"late\":2,\"waiting\":3},\"ofGroups\":true}";
    private static final String STATE_2 = "{\"version\":2,\"pipeline\":\"clicks\",\"lineage\":\"l-1\",\"pin\":\"{}\","
            + "\"definition\":\"{\\\"version\\\":1,\\\"entries\\\":[]}\",\"counts\":{\"extracted\":3,\"transformed\":3,"
            + "\"loaded\":3,\"filtered\":0,\"deduplicated\":0,\"rejected\":0},\"keyed\":{\"groups\":{\"extracted\":1,"
            + "\"transformed\":1,\"loaded\":1,\"filtered\":0,\"deduplicated\":0,\"rejected\":0},\"late\":1,\"waiting\":0},"
            + "\"stages\":[\"deduplicate-1f\"]}";
    private static final int BUCKET_OF_FIRST = 74;
    private static final int NUMBER_OF_FIRST = 312;
    private static final String OUTCOME_1 =
            "{\"version\":1,\"loaded\":5,\"deduplicated\":1,\"rejected\":2,\"rejects\":\"c.jsonl\"}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPieceOfVersion1() {
        Piece piece = new Piece(
                1,
                17,
                "3",
                new Counts(10, 8, 5, 2, 1, 2),
                new Staged("parquet", 1, "x", 5),
                new Spool("a.spool", 7, List.of(new Spool.SpoolField("price", "decimal(10,2)", true))),
                "b.jsonl",
                -5L,
                Map.of(0, 11L, 2, 12L),
                KeyedCounts.NONE,
                false);

        assertThat(Piece.of(bytes(PIECE_1))).isEqualTo(piece);
        assertThat(Piece.of(piece.toBytes())).isEqualTo(piece);
    }

    @Test
    void aPieceOfVersion2() {
        Piece piece = new Piece(
                2,
                17,
                "1-3",
                new Counts(0, 0, 4, 0, 1, 2),
                new Staged("delta", 1, "x", 5),
                null,
                null,
                null,
                Map.of(),
                new KeyedCounts(new Counts(5, 5, 5, 0, 0, 0), 2, 3),
                true);

        assertThat(Piece.of(bytes(PIECE_2))).isEqualTo(piece);
        assertThat(Piece.of(piece.toBytes())).isEqualTo(piece);
    }

    @Test
    void aStateOfVersion1() {
        StreamState state = new StreamState(
                1,
                "clicks",
                "l-1",
                "{}",
                "{\"version\":1,\"entries\":[]}",
                new Counts(3, 3, 3, 0, 0, 0),
                KeyedCounts.NONE,
                List.of());

        assertThat(StreamState.of(bytes(STATE_1))).isEqualTo(state);
        assertThat(StreamState.of(state.toBytes())).isEqualTo(state);
    }

    @Test
    void aStateOfVersion2() {
        StreamState state = new StreamState(
                2,
                "clicks",
                "l-1",
                "{}",
                "{\"version\":1,\"entries\":[]}",
                new Counts(3, 3, 3, 0, 0, 0),
                new KeyedCounts(new Counts(1, 1, 1, 0, 0, 0), 1, 0),
                List.of("deduplicate-1f"));

        assertThat(StreamState.of(bytes(STATE_2))).isEqualTo(state);
        assertThat(StreamState.of(state.toBytes())).isEqualTo(state);
    }

    /** Version, due, closed, then each part behind its length. */
    @Test
    void windowsOfVersion1() {
        byte[] written = HexFormat.of()
                .parseHex("01" + "00000000000003e8" + "8000000000000000" + "00000002" + "00000001ab" + "00000000");

        WindowEntry entry = WindowEntry.of(written);

        assertThat(entry.due()).isEqualTo(1_000);
        assertThat(entry.closed()).isEqualTo(Long.MIN_VALUE);
        assertThat(entry.parts()).containsExactly(new byte[] {(byte) 0xab}, new byte[0]);
        assertThat(entry.toBytes()).isEqualTo(written);
    }

    /** Version, due, latest, the place behind its length, then each row behind its own. */
    @Test
    void rowsInOrderOfVersion1() {
        byte[] written = HexFormat.of()
                .parseHex("01" + "00000000000003e8" + "0000000000000007" + "00000002" + "0a0b" + "00000001"
                        + "00000001ab");

        WalkEntry entry = WalkEntry.of(written);

        assertThat(entry.due()).isEqualTo(1_000);
        assertThat(entry.latest()).isEqualTo(7);
        assertThat(entry.place()).containsExactly(10, 11);
        assertThat(entry.rows()).containsExactly(new byte[] {(byte) 0xab});
        assertThat(entry.toBytes()).isEqualTo(written);
        WalkEntry begun = new WalkEntry(1, 2, null, List.of());
        assertThat(WalkEntry.of(begun.toBytes())).isEqualTo(begun);
    }

    /** Where a key's state lies: another place would be another state. */
    @Test
    void keysAndTheirBuckets() {
        Schema schema = Schema.of(new Field("id", DataType.INT64, true), new Field("name", DataType.STRING, true));
        Map<String, Object> second = new HashMap<>();
        second.put("id", null);
        second.put("name", "ü");
        Batch rows = Batch.ofRecords(schema, List.of(Map.of("id", 258L, "name", "a"), second));
        RowKeys keys = new RowKeys(schema, List.of("id", "name"));

        assertThat(HexFormat.of().formatHex(keys.at(rows, 0).key().getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("040201000000000000" + "010100000061");
        assertThat(keys.at(rows, 0).bucket()).isEqualTo(BUCKET_OF_FIRST);
        assertThat(HexFormat.of().formatHex(keys.at(rows, 1).key().getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("00" + "0102000000c3bc");
        assertThat(Buckets.number(0)).isEqualTo(NUMBER_OF_FIRST);
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            assertThat(Buckets.of(Buckets.number(bucket))).isEqualTo(bucket);
        }
    }

    @Test
    void aNoteOfVersion1() {
        LoadOutcome outcome = new LoadOutcome(1, 5, 1, 2, "c.jsonl");

        assertThat(LoadOutcome.of(OUTCOME_1)).isEqualTo(outcome);
        assertThat(LoadOutcome.of(outcome.note())).isEqualTo(outcome);
    }

    @Test
    void anotherVersionIsToldApart() {
        assertThatThrownBy(() ->
                        StreamState.of(bytes(STATE_1.replace("\"version\":1,\"pipeline", "\"version\":9,\"pipeline"))))
                .hasMessageContaining("another version of Millrace")
                .hasMessageContaining("--restart");
        assertThatThrownBy(() ->
                        Piece.of(bytes(PIECE_1.replace("\"version\":1,\"checkpoint", "\"version\":9,\"checkpoint"))))
                .hasMessageContaining("format 9");
    }
}
