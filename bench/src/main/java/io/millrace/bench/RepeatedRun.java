package io.millrace.bench;

import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A job several times in one process, so that the last one finds compiled code. */
final class RepeatedRun {
    private RepeatedRun() {}

    /**
     * Arguments: the pipeline file, how many times, overrides. Every run has a folder of its own beside the file, and a
     * {@linkplain PipelineText target of its own} where the file names one.
     */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        List<String> overrides = List.of(arguments).subList(2, arguments.length);
        int[] number = {0};
        SelfTimed.repeat(Integer.parseInt(arguments[1]), () -> run(file, ++number[0], overrides));
    }

    private static long run(Path original, int number, List<String> overrides) throws Exception {
        Path home = Files.createDirectories(original.resolveSibling("run-" + number));
        Path file = Files.writeString(
                home.resolve(original.getFileName()), PipelineText.numbered(Files.readString(original), number));
        Job job = Job.of(
                PipelineFile.load(file, overrides, Optional.empty(), Environment.ofProcess(), Catalog.load())
                        .definition(),
                overrides);
        Path state = home.resolve(".millrace");
        try (Ledger ledger = SqliteLedger.open(state)) {
            RunReport report = new Runner(ledger, state, new LocalEngine(), RunListener.NONE, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
            if (report.status() != RunReport.Status.SUCCESS) {
                throw new BenchFailure("The run failed: " + report.failure());
            }
            return report.counts().loaded();
        }
    }
}
