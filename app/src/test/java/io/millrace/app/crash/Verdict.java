package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sandbox.ContentHash;
import io.millrace.sandbox.Expected;
import io.millrace.testkit.crash.ChildExit;
import java.util.List;

/** Judges the state of a workspace once its run has ended well: target, report, and that nothing else is left. */
public final class Verdict {
    private final Events events;
    private final Expected expected;
    private final String hash;

    public Verdict(Events events) {
        this.events = events;
        this.expected = events.generator().expected();
        this.hash = ContentHash.hexadecimal(events.generator().contentHash());
    }

    public Events events() {
        return events;
    }

    /** The report of the attempt that ended well, and everything that lies there now. */
    public void accept(Workspace workspace, Layout layout, ChildExit exit) {
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode report = Workspace.report(exit);
        assertThat(report.path("status").asText()).isIn("success", "already_done");
        assertThat(report.path("extracted").asLong()).isEqualTo(expected.extracted());
        assertThat(report.path("loaded").asLong()).isEqualTo(expected.loaded());
        assertThat(report.path("deduplicated").asLong()).isEqualTo(expected.deduplicated());
        assertThat(report.path("rejected").asLong()).isEqualTo(expected.rejected());
        assertThat(report.path("filtered").asLong()).isZero();
        acceptTarget(workspace, layout);
        assertThat(Leftovers.rejectedRows(workspace.state(), report.path("run").asText()))
                .isEqualTo(expected.rejected());
    }

    /** What lies in the target, and that no more lies there or in the state folder. */
    public void acceptTarget(Workspace workspace, Layout layout) {
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
}
