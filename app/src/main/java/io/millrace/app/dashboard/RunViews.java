package io.millrace.app.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Counts;
import io.millrace.api.data.Field;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunCounts;
import io.millrace.core.ledger.RunFilter;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.ledger.RunStep;
import io.millrace.core.ledger.SplitProgress;
import io.millrace.core.progress.ProgressFile;
import io.millrace.core.progress.RunProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the pages show, as JSON. Thread-safe as far as the ledger is. */
final class RunViews {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of ended runs, whose sums never change. */
    private static final int COUNTS_KEPT = 20_000;

    private final Ledger ledger;
    private final Path stateFolder;
    private final RejectViews rejects;
    private final Map<String, RunCounts> known = new ConcurrentHashMap<>();

    RunViews(Ledger ledger, Path stateFolder) {
        this.ledger = ledger;
        this.stateFolder = stateFolder;
        this.rejects = new RejectViews(ledger, stateFolder);
    }

    boolean exists(String run) {
        return ledger.run(run).isPresent();
    }

    ObjectNode pipelines() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode names = json.putArray("pipelines");
        ledger.pipelines().forEach(names::add);
        return json;
    }

    /** A page of runs, and whether there are more behind it. */
    ObjectNode runs(RunFilter filter) {
        List<RunRecord> found =
                ledger.runs(new RunFilter(filter.pipeline(), filter.states(), filter.before(), filter.limit() + 1));
        ObjectNode json = JSON.createObjectNode();
        ArrayNode runs = json.putArray("runs");
        found.stream().limit(filter.limit()).forEach(run -> runs.add(summary(run)));
        json.put("more", found.size() > filter.limit());
        return json;
    }

    /** The latest runs of a pipeline, oldest first, for its course over time. */
    ObjectNode trend(String pipeline, int limit) {
        List<RunRecord> newestFirst = ledger.runs(new RunFilter(
                Optional.of(pipeline), EnumSet.complementOf(EnumSet.of(RunState.DISCARDED)), Optional.empty(), limit));
        ObjectNode json = JSON.createObjectNode().put("pipeline", pipeline);
        ArrayNode runs = json.putArray("runs");
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            runs.add(summary(newestFirst.get(i)));
        }
        return json;
    }

    /** All that is known of a run, but for its splits and rejected rows. */
    ObjectNode run(String id) {
        RunRecord run = ledger.run(id).orElseThrow();
        ObjectNode json = live(run);
        ArrayNode overrides = ((ObjectNode) json.get("run")).putArray("overrides");
        run.overrides().forEach(overrides::add);
        ObjectNode details = (ObjectNode) json.get("run");
        details.put("file", run.file().map(Path::toString).orElse(null));
        details.put("mode", run.mode().name().toLowerCase(Locale.ROOT));
        details.put(
                "repeatability",
                run.pin()
                        .map(pin -> pin.repeatability().name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        return json;
    }

    /** What changes while a run works. */
    ObjectNode live(String id) {
        return live(ledger.run(id).orElseThrow());
    }

    private ObjectNode live(RunRecord run) {
        ObjectNode json = JSON.createObjectNode();
        json.set("run", summary(run));
        ArrayNode steps = json.putArray("steps");
        for (RunStep step : ledger.steps(run.id())) {
            steps.add(step(step));
        }
        ArrayNode stages = json.putArray("stages");
        for (int stage = 0; stage <= ledger.lastStage(run.id()); stage++) {
            int splits = ledger.splitCount(run.id(), stage);
            stages.addObject()
                    .put("stage", stage)
                    .put("splits", splits)
                    .put("finished", ledger.finishedCount(run.id(), stage));
        }
        Optional<RunProgress> progress = ProgressFile.read(stateFolder, run.id());
        json.set("progress", progress.map(JSON::<ObjectNode>valueToTree).orElse(null));
        return json;
    }

    private static ObjectNode step(RunStep step) {
        ObjectNode json = JSON.createObjectNode()
                .put("stage", step.stage())
                .put("place", step.place())
                .put("label", step.label())
                .put("rows_in", step.rowsIn())
                .put("rows_out", step.rowsOut())
                .put("seconds", step.nanos() / 1e9);
        ArrayNode columns = json.putArray("columns");
        for (Field field : step.columns().fields()) {
            columns.addObject()
                    .put("name", field.name())
                    .put("type", field.type().toString())
                    .put("nullable", field.nullable());
        }
        return json;
    }

    /** The map of a stage's splits: a letter each, w waiting, b begun, f finished. */
    ObjectNode splits(String id, int stage) {
        StringBuilder map = new StringBuilder();
        for (SplitProgress split : ledger.progress(id, stage)) {
            map.append(split.finished() ? 'f' : split.pieces() > 0 ? 'b' : 'w');
        }
        return JSON.createObjectNode().put("stage", stage).put("map", map.toString());
    }

    /** One split, or null where there is none at that place. */
    ObjectNode split(String id, int stage, int place) {
        List<SplitProgress> splits = ledger.progress(id, stage);
        if (place >= splits.size()) {
            return null;
        }
        SplitProgress split = splits.get(place);
        return JSON.createObjectNode()
                .put("split", split.id())
                .put("finished", split.finished())
                .put("pieces", split.pieces())
                .put("estimated_rows", split.estimatedRows())
                .put("extracted", split.extracted())
                .put("rejected", split.rejected());
    }

    ObjectNode rejects(String id) {
        return rejects.of(ledger.run(id).orElseThrow());
    }

    private ObjectNode summary(RunRecord run) {
        RunCounts counts = counts(run);
        Counts rows = counts.rows();
        Instant until = run.ended().orElseGet(Instant::now);
        ObjectNode json = JSON.createObjectNode()
                .put("run", run.id())
                .put("pipeline", run.key().pipeline())
                .put("window", window(run))
                .put("state", run.state().name().toLowerCase(Locale.ROOT))
                .put("unfinished", atWork(run))
                .put("source", run.source())
                .put("target", run.target())
                .put("started", run.started().toEpochMilli())
                .put("seconds", Duration.between(run.started(), until).toMillis() / 1000.0)
                .put("extracted", rows.extracted())
                .put("loaded", rows.loaded())
                .put("filtered", rows.filtered())
                .put("deduplicated", rows.deduplicated())
                .put("rejected", rows.rejected())
                .put("error", run.error().orElse(null));
        counts.groups().ifPresent(groups -> json.putObject("groups")
                .put("made", groups.extracted())
                .put("loaded", groups.loaded())
                .put("filtered", groups.filtered() + groups.deduplicated())
                .put("rejected", groups.rejected()));
        return json;
    }

    /** True where a process is, or may be, at work on it. */
    private static boolean atWork(RunRecord run) {
        return run.state() == RunState.RUNNING || run.state() == RunState.COMMITTING;
    }

    private static String window(RunRecord run) {
        if (!run.key().increment()) {
            return run.key().scope();
        }
        return run.position().isPresent() ? "increment" : "increment: all rows";
    }

    private RunCounts counts(RunRecord run) {
        if (atWork(run)) {
            return ledger.counts(run.id());
        }
        if (known.size() > COUNTS_KEPT) {
            known.clear();
        }
        // A run that is resumed has another state meanwhile, and is counted anew when it has ended again.
        return known.computeIfAbsent(run.id() + run.ended(), id -> ledger.counts(run.id()));
    }
}
