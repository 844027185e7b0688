package io.millrace.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Counts;
import io.millrace.api.PieceResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    private static final Counts COUNTS = new Counts(10, 7, 7, 1, 1, 1);

    @Test
    void readsWhatWasWrittenBeforeThereWereChecks() {
        PieceResult result = LedgerContract.result("r1", "split-0.0", COUNTS);
        assertThat(result.checks()).isNotEmpty();
        String text = ResultJson.write(result);
        assertThat(ResultJson.read(text, COUNTS)).isEqualTo(result);

        String before = text.replaceFirst("\"checks\":\\[[^]]*\\],", "");
        assertThat(before).isNotEqualTo(text);
        assertThat(ResultJson.read(before, COUNTS).checks()).isEqualTo(List.of());
        assertThat(ResultJson.read(before, COUNTS).claims()).isEqualTo(result.claims());
    }
}
