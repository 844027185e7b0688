package io.millrace.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Counts;
import io.millrace.api.TimeWindow;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.run.RunReport;
import io.millrace.core.transform.check.CheckOutcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The summary that {@code --json} prints: one object, its fields a contract. */
public final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    /** The summary of a run. */
    public static ObjectNode of(RunReport report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("run", report.run());
        json.put("pipeline", report.key().pipeline());
        json.put("status", status(report));
        json.put("source", report.source());
        json.put("target", report.target());
        json.put("extracted", report.counts().extracted());
        json.put("transformed", report.counts().transformed());
        json.put("loaded", report.counts().loaded());
        json.put("filtered", report.counts().filtered());
        json.put("deduplicated", report.counts().deduplicated());
        json.put("rejected", report.counts().rejected());
        json.put("failed", report.counts().rejected());
        groups(report.groups(), json);
        json.put("splits", report.splits());
        json.put("splits_skipped", report.splitsSkipped());
        json.put("start_time", report.started().toString());
        json.put("end_time", report.ended().toString());
        json.put("duration_seconds", report.duration().toMillis() / 1000.0);
        json.set("window", window(report.key()));
        ArrayNode errors = json.putArray("errors");
        report.rejects().forEach(errors::add);
        json.set("checks", checks(report));
        json.put("error", report.failure().map(RunReport.Failure::message).orElse(null));
        return json;
    }

    /** The summary of a command that failed before there was a run. */
    public static ObjectNode ofFailure(Optional<String> pipeline, Instant started, String error) {
        ObjectNode json = JSON.createObjectNode();
        json.putNull("run");
        json.put("pipeline", pipeline.orElse(null));
        json.put("status", "failed");
        for (String unknown : new String[] {"source", "target"}) {
            json.putNull(unknown);
        }
        for (String count :
                new String[] {"extracted", "transformed", "loaded", "filtered", "deduplicated", "rejected", "failed"}) {
            json.put(count, 0);
        }
        json.putNull("groups");
        json.put("splits", 0);
        json.put("splits_skipped", 0);
        Instant ended = Instant.now();
        json.put("start_time", started.toString());
        json.put("end_time", ended.toString());
        json.put("duration_seconds", java.time.Duration.between(started, ended).toMillis() / 1000.0);
        json.putNull("window");
        json.putArray("errors");
        json.putArray("checks");
        json.put("error", error);
        return json;
    }

    private static ArrayNode checks(RunReport report) {
        ArrayNode checks = JSON.createArrayNode();
        for (CheckOutcome outcome : report.checks()) {
            checks.addObject()
                    .put("check", outcome.check())
                    .put("severity", outcome.severity().toString())
                    .put("passed", outcome.passed())
                    .put("rows", outcome.rows())
                    .put("failed", outcome.failed())
                    .put("problem", outcome.problem().orElse(null));
        }
        return checks;
    }

    /** Null where no step makes groups: {@code groups = groups_loaded + groups_filtered + groups_rejected}. */
    public static void groups(Optional<Counts> groups, ObjectNode json) {
        json.put("groups", groups.map(Counts::extracted).orElse(null));
        groups.ifPresent(counts -> json.put("groups_loaded", counts.loaded())
                .put("groups_filtered", counts.filtered() + counts.deduplicated())
                .put("groups_rejected", counts.rejected()));
    }

    static String status(RunReport report) {
        return report.status().name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode window(RunKey key) {
        if (key.increment()) {
            return JSON.createObjectNode().put("increment", true);
        }
        Optional<TimeWindow> window = key.window();
        if (window.isEmpty()) {
            return JSON.nullNode();
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("start", window.get().start().map(Instant::toString).orElse(null));
        json.put("end", window.get().end().map(Instant::toString).orElse(null));
        return json;
    }
}
