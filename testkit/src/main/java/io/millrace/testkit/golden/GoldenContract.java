package io.millrace.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs golden cases on an engine. Rows and rejects are compared as multisets, since no engine promises an order; values,
 * column order, types, reasons and counts exactly.
 */
public abstract class GoldenContract {
    /** The engine under test. */
    protected abstract GoldenEngine engine();

    /** The cases to run: all on the class path. */
    protected List<GoldenCase> cases() {
        return GoldenCases.all();
    }

    /** False for cases that need what this engine's test does not have on its class path. */
    protected boolean runs(GoldenCase golden) {
        return true;
    }

    @TestFactory
    Stream<DynamicTest> goldenCases() {
        List<GoldenCase> cases = cases().stream().filter(this::runs).toList();
        assertThat(cases).as("golden cases").isNotEmpty();
        return cases.stream().map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> check(golden)));
    }

    private void check(GoldenCase golden) {
        GoldenExpectation expect = golden.expect();
        if (expect.error().isPresent()) {
            assertThatThrownBy(() -> engine().run(golden))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining(expect.error().get());
            return;
        }
        GoldenOutcome outcome = engine().run(golden);
        expect.columns().ifPresent(columns -> assertThat(outcome.columns()).isEqualTo(columns));
        List<Map<String, Object>> rows = ComparableRecords.of(expect.rows(outcome.columns()));
        assertThat(ComparableRecords.of(outcome.rows())).as("rows").containsExactlyInAnyOrderElementsOf(rows);
        assertThat(outcome.rejects()).as("rejects").containsExactlyInAnyOrderElementsOf(expect.rejects());
        assertThat(outcome.counts().extracted()).as("extracted").isEqualTo(golden.rowCount());
        assertThat(outcome.counts().filtered()).as("filtered").isEqualTo(expect.filtered());
        assertThat(outcome.counts().deduplicated()).as("deduplicated").isEqualTo(expect.deduplicated());
        expect.warnings()
                .ifPresent(warnings ->
                        assertThat(outcome.warnings()).as("warnings").containsExactlyInAnyOrderElementsOf(warnings));
        assertThat(outcome.counts().balanced())
                .as("balanced: " + outcome.counts())
                .isTrue();
    }
}
