package io.millrace.core.golden;

import io.millrace.api.Connector;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import io.millrace.testkit.golden.GoldenCase;
import io.millrace.testkit.golden.GoldenConnector;
import io.millrace.testkit.golden.GoldenEngine;
import io.millrace.testkit.golden.GoldenOutcome;
import io.millrace.testkit.golden.GoldenReject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole runs on the local engine, each in a folder of its own. */
record LocalGoldenEngine(Path folder) implements GoldenEngine {
    @Override
    public GoldenOutcome run(GoldenCase golden) {
        try {
            Path home = Files.createTempDirectory(folder, "case");
            for (Map.Entry<String, String> file : golden.files().entrySet()) {
                Path beside = home.resolve(file.getKey());
                Files.createDirectories(beside.getParent());
                Files.writeString(beside, file.getValue());
            }
            Files.writeString(home.resolve("golden.yaml"), golden.pipeline());
            return run(golden, home);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static GoldenOutcome run(GoldenCase golden, Path home) {
        GoldenConnector connector = new GoldenConnector(golden);
        Catalog catalog = Catalog.load();
        List<Connector> connectors = new ArrayList<>(catalog.connectors().values());
        connectors.add(connector);
        catalog = Catalog.of(connectors, List.copyOf(catalog.transforms().values()));
        Job job = Job.of(
                PipelineFile.load(
                                Path.of("golden.yaml"),
                                List.of(),
                                Optional.empty(),
                                new Environment(Map.of(), home),
                                catalog)
                        .definition(),
                List.of());
        Path state = home.resolve(".millrace");
        try (SqliteLedger ledger = SqliteLedger.open(state)) {
            RunReport report = new Runner(ledger, state, new LocalEngine(), event -> {}, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
            report.failure().ifPresent(failure -> {
                throw new MillraceException(
                        failure.kind(), failure.message(), failure.cause().orElse(null));
            });
            return new GoldenOutcome(
                    connector.columns(),
                    connector.rows(),
                    rejects(golden, ledger, state, report.run()),
                    report.counts(),
                    report.warnings());
        }
    }

    private static List<GoldenReject> rejects(GoldenCase golden, SqliteLedger ledger, Path state, String run) {
        List<GoldenReject> rejects = new ArrayList<>();
        List<Path> files = new RunFolder(state, run, Optional.empty()).rejectFiles(ledger.results(run));
        RejectReader.read(files, row -> {
            // Behind an exchange rows are those of a bucket: no engine agrees with another on their numbers.
            boolean source = !row.split().isEmpty() && row.split().chars().allMatch(Character::isDigit);
            long number = source ? golden.rowNumber(Integer.parseInt(row.split()), row.ordinal()) : -1;
            rejects.add(new GoldenReject(number, row.step(), row.column(), row.reason()));
            return true;
        });
        return rejects;
    }
}
