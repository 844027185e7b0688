package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.features.FeaturesFile;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace resume}. */
@Command(
        name = "resume",
        description = "Finish an interrupted run. Without RUN: the only unfinished one.",
        footer = {"", "Example:", "  millrace resume 20260101-020000-3f9a2c"})
public final class ResumeCommand implements Callable<Integer>, Reported {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's id, as 'millrace runs' lists it.")
    private String run;

    @Mixin
    private PluginOption plugins;

    @Mixin
    private StateOption state;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        RunRecord record = record();
        Path file = record.file()
                .orElseThrow(() -> MillraceException.user("run " + record.id()
                        + " did not come from a pipeline file; run it again from the program that began it"));
        if (FeaturesFile.is(file, Environment.ofProcess())) {
            PreparedJob job = FeatureOptions.resumed(file, record, plugins);
            return new JobRun(output, progress, false).run(job, record.key().window(), Rerun.DEFAULT, state.place());
        }
        PreparedJob job =
                PipelineOptions.prepared(file, record.overrides(), record.key().window(), plugins);
        return new JobRun(output, progress, false).run(job, record.key().window(), Rerun.DEFAULT, state.place());
    }

    private RunRecord record() {
        try (Ledger ledger = state.existing()) {
            if (run != null) {
                RunRecord known = RunsCommand.require(ledger, run);
                if (!known.state().unfinished()) {
                    throw MillraceException.user(
                            "run " + run + " is " + RunsCommand.name(known.state()) + "; there is nothing to resume");
                }
                return known;
            }
            List<RunRecord> unfinished = ledger.runs(
                    Optional.empty(),
                    EnumSet.of(RunState.RUNNING, RunState.COMMITTING, RunState.FAILED, RunState.STOPPED),
                    100);
            if (unfinished.size() != 1) {
                throw MillraceException.user(
                        unfinished.isEmpty()
                                ? "no run is unfinished; there is nothing to resume"
                                : "several runs are unfinished; name one of them: "
                                        + String.join(
                                                ", ",
                                                unfinished.stream()
                                                        .map(one -> one.id() + " (" + one.key() + ")")
                                                        .toList()));
            }
            return unfinished.get(0);
        }
    }
}
