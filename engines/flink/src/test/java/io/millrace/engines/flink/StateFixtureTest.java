package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Counts;
import io.millrace.api.Staged;
import java.nio.charset.StandardCharsets;
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
                Map.of(0, 11L, 2, 12L));

        assertThat(Piece.of(bytes(PIECE_1))).isEqualTo(piece);
        assertThat(Piece.of(piece.toBytes())).isEqualTo(piece);
    }

    @Test
    void aStateOfVersion1() {
        StreamState state = new StreamState(
                1, "clicks", "l-1", "{}", "{\"version\":1,\"entries\":[]}", new Counts(3, 3, 3, 0, 0, 0));

        assertThat(StreamState.of(bytes(STATE_1))).isEqualTo(state);
        assertThat(StreamState.of(state.toBytes())).isEqualTo(state);
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
                        StreamState.of(bytes(STATE_1.replace("\"version\":1,\"pipeline", "\"version\":2,\"pipeline"))))
                .hasMessageContaining("another version of Millrace")
                .hasMessageContaining("--restart");
        assertThatThrownBy(() ->
                        Piece.of(bytes(PIECE_1.replace("\"version\":1,\"checkpoint", "\"version\":9,\"checkpoint"))))
                .hasMessageContaining("format 9");
    }
}
