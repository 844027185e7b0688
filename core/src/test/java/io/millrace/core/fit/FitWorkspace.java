package io.millrace.core.fit;

import io.millrace.api.Connector;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Environment;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.FitFileFormat;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopSignal;
import io.millrace.testkit.golden.GoldenCase;
import io.millrace.testkit.golden.GoldenConnector;
import io.millrace.testkit.golden.GoldenExpectation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder with a pipeline file whose rows are in memory. */
record FitWorkspace(Path folder, Schema columns) {
    /** A job over these splits with these steps, as a pipeline file lists them. */
    Job job(String steps, List<List<Map<String, Object>>> splits) {
        GoldenCase golden = new GoldenCase(
                "fit",
                "fit",
                columns,
                splits,
                steps,
                Map.of(),
                new GoldenExpectation(Optional.empty(), List.of(), List.of(), 0, 0, List.of(), Optional.empty()));
        try {
            Files.writeString(folder.resolve("features.yaml"), golden.pipeline());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Catalog known = Catalog.load();
        List<Connector> connectors = new ArrayList<>(known.connectors().values());
        connectors.add(new GoldenConnector(golden));
        return Job.of(
                PipelineFile.load(
                                Path.of("features.yaml"),
                                List.of("run.max_error_rate=0.05", "run.retry.initial=1ms"),
                                Optional.empty(),
                                new Environment(Map.of(), folder),
                                Catalog.of(
                                        connectors,
                                        List.copyOf(known.transforms().values())))
                        .definition(),
                List.of());
    }

    Fit fit(Job job) {
        return new Fit(job, folder, Optional.empty(), "test", () -> RunListener.NONE, new StopSignal());
    }

    FitResult learn(String steps, List<List<Map<String, Object>>> splits) {
        return fit(job(steps, splits)).learn(false);
    }

    FitFile file(String path) {
        try {
            return FitFileFormat.read(Files.readAllBytes(folder.resolve(path)), path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
