package io.millrace.app.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import java.io.PrintStream;
import java.time.Instant;

/** One JSON object a line for each event, for machines that collect logs. */
public final class JsonLines implements RunListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;

    public JsonLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(RunEvent event) {
        ObjectNode line = JSON.createObjectNode().put("time", Instant.now().toString());
        if (event instanceof RunEvent.Started run) {
            line.put("event", "started")
                    .put("run", run.run())
                    .put("pipeline", run.pipeline())
                    .put("source", run.source())
                    .put("target", run.target())
                    .put("resumed", run.resumed())
                    .put("why", run.why());
        } else if (event instanceof RunEvent.Planned plan) {
            line.put("event", "planned").put("splits", plan.splits().size()).put("finished", plan.finished());
            plan.warnings().forEach(line.withArray("warnings")::add);
        } else if (event instanceof RunEvent.Exchanging exchange) {
            line.put("event", "exchanging").put("step", exchange.step()).put("buckets", exchange.buckets());
        } else if (event instanceof RunEvent.SplitStarted split) {
            line.put("event", "split_started").put("split", split.split().id()).put("attempt", split.attempt());
        } else if (event instanceof RunEvent.Retrying retry) {
            line.put("event", "retrying")
                    .put("split", retry.split().id())
                    .put("attempt", retry.attempt())
                    .put("error", retry.failure().getMessage())
                    .put("delay_ms", retry.delay().toMillis());
        } else if (event instanceof RunEvent.Staged staged) {
            line.put("event", "staged")
                    .put("split", staged.split().id())
                    .put("extracted", staged.result().counts().extracted())
                    .put("loaded", staged.result().counts().loaded());
        } else if (event instanceof RunEvent.Committing commit) {
            line.put("event", "committing").put("pieces", commit.pieces());
        } else if (event instanceof RunEvent.Ended ended) {
            line.put("event", "ended").put("status", ReportJson.status(ended.report()));
        } else {
            return;
        }
        out.println(line);
    }
}
