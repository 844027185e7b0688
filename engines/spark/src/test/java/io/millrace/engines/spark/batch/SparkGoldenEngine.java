package io.millrace.engines.spark.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Connector;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.CarriedPipeline;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.reject.RejectedRow;
import io.millrace.core.run.CarriedJob;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;

/** Whole runs on Spark in this process, each in a folder of its own. */
record SparkGoldenEngine(SparkContext spark, Path folder) implements GoldenEngine {
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

    private GoldenOutcome run(GoldenCase golden, Path home) {
        GoldenConnector connector = new GoldenConnector(golden);
        Catalog loaded = Catalog.load();
        List<Connector> connectors = new ArrayList<>(loaded.connectors().values());
        connectors.add(connector);
        Catalog catalog = Catalog.of(connectors, List.copyOf(loaded.transforms().values()));
        CarriedPipeline.Loaded pipeline = CarriedPipeline.load(
                Path.of("golden.yaml"), List.of(), Optional.empty(), new Environment(Map.of(), home), catalog);
        Job job = Job.of(pipeline.pipeline().definition(), List.of());
        SparkEngine engine = new SparkEngine(spark, CarriedJob.of(pipeline.carried()), HeldCatalog.of(catalog));
        Path state = home.resolve(".millrace");
        try (SqliteLedger ledger = SqliteLedger.open(state)) {
            RunReport report = new Runner(ledger, state, engine, event -> {}, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
            report.failure().ifPresent(failure -> {
                throw new MillraceException(
                        failure.kind(), failure.message(), failure.cause().orElse(null));
            });
            return new GoldenOutcome(
                    connector.columns(),
                    connector.rows(),
                    rejects(golden, job, ledger, state, report.run()),
                    report.counts(),
                    report.warnings());
        }
    }

    /**
     * Where this engine alone brings rows together, for a check, they come with the numbers of their bucket; the case has
     * those of the source, so such a row is looked for there.
     */
    private static List<GoldenReject> rejects(GoldenCase golden, Job job, SqliteLedger ledger, Path state, String run) {
        boolean gathered = job.steps().stream().noneMatch(StepDefinition.KeyedStep.class::isInstance);
        List<GoldenReject> rejects = new ArrayList<>();
        List<Path> files = new RunFolder(state, run, Optional.empty()).rejectFiles(ledger.results(run));
        Set<Long> found = new HashSet<>();
        RejectReader.read(files, row -> {
            boolean source = !row.split().isEmpty() && row.split().chars().allMatch(Character::isDigit);
            long number = source
                    ? golden.rowNumber(Integer.parseInt(row.split()), row.ordinal())
                    : gathered ? find(golden, row, found) : -1;
            rejects.add(new GoldenReject(number, row.step(), row.column(), row.reason()));
            return true;
        });
        return rejects;
    }

    /** The last row that reads so and was not found before: of equal rows it is the later ones that are refused. */
    private static long find(GoldenCase golden, RejectedRow reject, Set<Long> found) {
        List<Map<String, Object>> rows =
                golden.splits().stream().flatMap(List::stream).toList();
        for (long number = rows.size() - 1; number >= 0; number--) {
            if (matches(rows.get((int) number), reject.row()) && found.add(number)) {
                return number;
            }
        }
        return -1;
    }

    private static boolean matches(Map<String, Object> row, JsonNode reject) {
        return row.entrySet().stream().allMatch(cell -> {
            JsonNode value = reject.path(cell.getKey());
            return cell.getValue() == null
                    ? value.isNull() || value.isMissingNode()
                    : cell.getValue().toString().equals(value.asText());
        });
    }
}
