package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sandbox.ContentHash;
import io.millrace.sandbox.Expected;
import io.millrace.testkit.crash.ChildExit;
import java.nio.file.Files;
import java.util.List;

/** Judges the state of a workspace once its run has ended well: target, report, and that nothing else is left. */
final class Verdict {
    private final Events events;
    private final Expected expected;
    private final String hash;

    Verdict(Events events) {
        this.events = events;
        this.expected = events.generator().expected();
        this.hash = ContentHash.hexadecimal(events.generator().contentHash());
    }

    Events events() {
        return events;
    }

    /** The run's own last attempt. */
    void accept(Workspace workspace, Layout layout, ChildExit exit) {
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode report = Workspace.report(exit);
        assertThat(report.path("status").asText()).isEqualTo("success");
        assertThat(report.path("extracted").asLong()).isEqualTo(expected.extracted());
        assertThat(report.path("loaded").asLong()).isEqualTo(expected.loaded());
        assertThat(report.path("deduplicated").asLong()).isEqualTo(expected.deduplicated());
        assertThat(report.path("rejected").asLong()).isEqualTo(expected.rejected());
        assertThat(report.path("filtered").asLong()).isZero();
        acceptTarget(workspace, layout);
        assertThat(Leftovers.rejectedRows(workspace.state())).isEqualTo(expected.rejected());
    }

    /** What lies in the target, and that no more lies there or in the state folder. */
    void acceptTarget(Workspace workspace, Layout layout) {
        Lake lake = new Lake(workspace.target());
        String ours = "event_type <> 'refund'";
        assertThat(lake.rowsAndKeys(ours)).isEqualTo(List.of(expected.loaded(), expected.loaded()));
        assertThat(lake.hash(ours)).isEqualTo(hash);
        if (layout == Layout.OVERWRITE_PARTITIONS) {
            assertThat(lake.rowsAndKeys("event_type = 'refund'").get(0)).isEqualTo((long) Events.REFUNDS);
        } else {
            assertThat(lake.rowsAndKeys("true").get(0)).isEqualTo(expected.loaded());
        }
        assertThat(workspace.target().resolve("_SUCCESS")).exists();
        assertThat(Leftovers.inTarget(workspace.target())).isEmpty();
        assertThat(Leftovers.inState(workspace.state())).isEmpty();
    }

    /** Before the end of the run: what a plain pattern finds is whole files, and no promise of completeness is made. */
    static void acceptUnfinished(Workspace workspace, Layout layout) {
        if (!layout.overwrites()) {
            assertThat(Files.exists(workspace.target().resolve("_SUCCESS"))).isFalse();
        }
    }
}
