package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.app.console.Format;
import io.millrace.app.console.ReportJson;
import io.millrace.app.console.ReportText;
import io.millrace.core.coordinator.Replay;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Running rejected rows again. */
final class ReplayOptions {
    @Option(
            names = "--replay",
            description = "Run them again through the pipeline as it is now, from the step that refused them.")
    private boolean replay;

    @Mixin
    private PluginOption plugins;

    @Mixin
    private ProgressOptions progress;

    boolean asked() {
        return replay;
    }

    /** The jobs are made while the ledger is not needed; each then runs as any job does. */
    Replay plan(RunRecord run, List<Path> files) {
        Path file = run.file()
                .orElseThrow(() -> MillraceException.user("run " + run.id()
                        + " did not come from a pipeline file, which would say what to do with its rows"));
        return Replay.of(
                run, PipelineOptions.job(file, run.overrides(), run.key().window(), plugins), files);
    }

    /** The exit code of the first that did not succeed. */
    int run(RunRecord run, Replay replayed, StatePlace state, OutputOptions output) {
        JobRun jobs = new JobRun(output, progress, false);
        List<RunReport> reports = new ArrayList<>();
        int exitCode = 0;
        for (Job job : replayed.jobs()) {
            RunReport report = jobs.report(job, Optional.empty(), Rerun.DEFAULT, state, new StopSignal());
            ReportText.print(report, System.err);
            reports.add(report);
            exitCode = exitCode == 0 ? jobs.exitCode(report) : exitCode;
        }
        if (replayed.withoutRow() > 0) {
            System.err.println("note: of " + Format.count(replayed.withoutRow())
                    + " rows only the faulty value is stored, because the source could not decode them; they have to be"
                    + " read again");
        }
        if (output.json()) {
            ObjectNode json = new ObjectMapper().createObjectNode().put("run", run.id());
            ArrayNode runs = json.putArray("replays");
            reports.forEach(report -> runs.add(ReportJson.of(report)));
            output.print(json.put("not_replayed", replayed.withoutRow()));
        } else if (reports.isEmpty()) {
            System.out.println("run " + run.id() + " has no rejected rows that can be run again");
        }
        return exitCode;
    }
}
