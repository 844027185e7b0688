package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Counts;
import io.millrace.api.MillraceException;
import io.millrace.app.console.Format;
import io.millrace.app.console.ReportJson;
import io.millrace.app.console.StreamText;
import io.millrace.core.ledger.Attempt;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import java.io.PrintStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace status}. */
@Command(
        name = "status",
        description = "Show one run, live or ended, or a stream. Without RUN: the newest run.",
        footer = {"", "Examples:", "  millrace status 20260101-020000-3f9a2c", "  millrace status clicks"})
public final class StatusCommand implements Callable<Integer>, Reported {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run's id, as 'millrace runs' lists it, or a stream's pipeline.")
    private String run;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        Optional<StreamStatus> stream = run == null
                ? Optional.empty()
                : StreamFolder.of(state.place().folder(), run).latest();
        if (stream.isPresent()) {
            show(stream.get());
            return 0;
        }
        try (Ledger ledger = state.existing()) {
            RunRecord record = run != null
                    ? RunsCommand.require(ledger, run)
                    : ledger.runs(Optional.empty(), EnumSet.allOf(RunState.class), 1).stream()
                            .findFirst()
                            .orElseThrow(() -> MillraceException.user("nothing has run here yet"));
            if (output.json()) {
                output.print(json(ledger, record));
            } else {
                print(ledger, record, System.out);
            }
            return 0;
        }
    }

    private void show(StreamStatus stream) {
        if (output.json()) {
            output.print(StreamStatusJson.of(stream));
        } else {
            StreamText.print(stream, System.out);
        }
    }

    private static void print(Ledger ledger, RunRecord run, PrintStream out) {
        Counts counts = ledger.counts(run.id()).rows();
        int splits = ledger.splitCount(run.id(), 0);
        out.println("run        " + run.id() + " of " + run.key().pipeline());
        out.println("state      " + RunsCommand.name(run.state())
                + run.error().map(error -> ": " + error).orElse(""));
        out.println("window     " + scope(run));
        out.println("from       " + run.source());
        out.println("to         " + run.target() + " (" + run.mode().name().toLowerCase(java.util.Locale.ROOT) + ")");
        out.println("started    " + run.started()
                + run.ended().map(ended -> ", ended " + ended).orElse(""));
        List<Attempt> attempts = ledger.attempts(run.id());
        if (attempts.size() > 1) {
            out.println("attempts   " + attempts.size());
        }
        scheduledBy(attempts).ifPresent(by -> out.println("for        " + by.replaceAll("\\p{Cntrl}", "�")));
        if (run.state() == RunState.RUNNING || run.state() == RunState.COMMITTING) {
            out.println("heard of   "
                    + ledger.lastHeartbeat(run.key()).map(Instant::toString).orElse("no process is at work on it"));
        }
        out.println("splits     " + (splits - ledger.unfinished(run.id(), 0).size()) + " of " + splits + " finished");
        out.println("extracted  " + Format.count(counts.extracted()) + " = loaded " + Format.count(counts.loaded())
                + " + filtered " + Format.count(counts.filtered()) + " + deduplicated "
                + Format.count(counts.deduplicated()) + " + rejected " + Format.count(counts.rejected()));
        ledger.counts(run.id())
                .groups()
                .ifPresent(groups -> out.println("groups     " + Format.count(groups.extracted()) + " = loaded "
                        + Format.count(groups.loaded()) + " + filtered "
                        + Format.count(groups.filtered() + groups.deduplicated()) + " + rejected "
                        + Format.count(groups.rejected())));
    }

    /** Who asked for the last attempt. */
    private static Optional<String> scheduledBy(List<Attempt> attempts) {
        return attempts.isEmpty()
                ? Optional.empty()
                : attempts.get(attempts.size() - 1).scheduledBy();
    }

    private static String scope(RunRecord run) {
        if (!run.key().increment()) {
            return run.key().scope();
        }
        return run.position().isPresent() ? "increment: what was new" : "increment: all rows";
    }

    static ObjectNode json(Ledger ledger, RunRecord run) {
        Counts counts = ledger.counts(run.id()).rows();
        int splits = ledger.splitCount(run.id(), 0);
        ObjectNode json = JSON.createObjectNode()
                .put("run", run.id())
                .put("pipeline", run.key().pipeline())
                .put("window", run.key().scope())
                .put("state", RunsCommand.name(run.state()))
                .put("source", run.source())
                .put("target", run.target())
                .put("extracted", counts.extracted())
                .put("loaded", counts.loaded())
                .put("filtered", counts.filtered())
                .put("deduplicated", counts.deduplicated())
                .put("rejected", counts.rejected())
                .put("splits", splits)
                .put("splits_finished", splits - ledger.unfinished(run.id(), 0).size())
                .put("start_time", run.started().toString())
                .put("end_time", run.ended().map(Instant::toString).orElse(null))
                .put("error", run.error().orElse(null));
        List<Attempt> attempts = ledger.attempts(run.id());
        json.put("attempts", attempts.size())
                .put("scheduled_by", scheduledBy(attempts).orElse(null));
        ReportJson.groups(ledger.counts(run.id()).groups(), json);
        return json;
    }
}
