package io.millrace.engines.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Counts;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.PieceResult;
import io.millrace.api.WriteTask;
import io.millrace.core.lookup.LookupTally;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What several tasks say, said once. */
class GatheredNotesTest {
    @Test
    void addsUpWhatDiffersByItsNumberOnly() {
        GatheredNotes notes = new GatheredNotes();
        notes.add(new TaskNotes(List.of("1,200 rows have no time", "the server is slow"), List.of()));
        notes.add(new TaskNotes(List.of("34 rows have no time", "the server is slow", "7 files are empty"), List.of()));
        assertThat(notes.notices())
                .containsExactly("1,234 rows have no time", "the server is slow", "7 files are empty");
    }

    @Test
    void travelWithAnOutcome() {
        PieceResult result = new PieceResult(
                new WriteTask(new Lineage("pipeline", "run"), "run", "split-1.0", 1, new Fence(1)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Counts.ZERO,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        TaskNotes notes = new TaskNotes(List.of("3 rows, 购买"), List.of(new LookupTally("enrich", 10, 4)));
        Outcome sent = new Outcome(0, "split-1", result, new byte[] {1, 2}, notes);
        Outcome received = Outcome.of(sent.toBytes());
        assertThat(received.notes()).isEqualTo(notes);
        assertThat(received.rejects()).containsExactly(1, 2);
        assertThat(received.splitId()).isEqualTo("split-1");
    }
}
