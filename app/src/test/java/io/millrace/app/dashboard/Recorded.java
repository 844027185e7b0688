package io.millrace.app.dashboard;

import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.metrics.RunMeter;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.progress.ProgressRecorder;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs of small pipelines in a folder, with a dashboard on their state. */
final class Recorded implements AutoCloseable {
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private final Path folder;
    private final Ledger ledger;
    private final Dashboard dashboard;

    Recorded(Path folder) {
        this.folder = folder;
        StatePlace state = StatePlace.in(folder.resolve(".millrace"));
        this.ledger = state.open();
        this.dashboard = Dashboard.start(ledger, state.folder(), 0);
    }

    String url() {
        return dashboard.url();
    }

    Path state() {
        return folder.resolve(".millrace");
    }

    /** Reads lines, rejects some, brings the others into groups; a column and a value look like markup. */
    RunReport run(String pipeline, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("user,score,\"" + HOSTILE + "\"\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i % 10)
                    .append(',')
                    .append(i % 50 == 0 ? "<b>none</b>" : "" + i)
                    .append(",x\n");
        }
        Files.writeString(folder.resolve("in.csv"), csv);
        Path file = folder.resolve(pipeline + ".yaml");
        Files.writeString(
                file,
                """
                pipeline: %s
                extract:
                  files: {path: in.csv, format: csv, schema: {user: string, score: string, "%s": string}}
                transform:
                  - clean: {types: {score: int64}}
                  - aggregate: {by: [user], measures: {total: sum(score)}}
                load: {parquet: {path: lake-%s, mode: overwrite}}
                """
                        .formatted(pipeline, HOSTILE, pipeline));
        Job job = Job.of(
                PipelineFile.load(file, List.of(), Optional.empty(), new Environment(Map.of(), folder), Catalog.load())
                        .definition(),
                List.of());
        try (ProgressRecorder recorder = new ProgressRecorder(state())) {
            RunListener heard = RunListener.both(recorder, new RunMeter(ledger, state()));
            return new Runner(ledger, state(), new LocalEngine(), heard, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
        }
    }

    @Override
    public void close() {
        dashboard.close();
        ledger.close();
    }
}
