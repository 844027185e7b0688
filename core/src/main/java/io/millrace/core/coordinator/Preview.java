package io.millrace.core.coordinator;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.reject.RejectedRow;
import io.millrace.core.run.Job;
import io.millrace.core.step.BatchwiseStep;
import io.millrace.core.step.BoundChain;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.deduplicate.ClaimTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the first rows of a source become in each step of a job. Nothing is written to the target.
 *
 * @param stages {@code extract} and the labels of the steps
 * @param schemas after each stage
 */
public record Preview(List<String> stages, List<Schema> schemas, List<PreviewRow> rows) {
    private static final long SEED = 0;

    /**
     * One row on its way: from the source, or out of a step that puts rows together.
     *
     * @param split of the source, or the step out of which it comes
     * @param ordinal its number there
     * @param from the stage it begins at
     * @param records the row after each stage it has reached, from that one on
     * @param ending why it went no further; empty where it reached the end
     */
    public record PreviewRow(
            String split, long ordinal, int from, List<Map<String, Object>> records, Optional<String> ending) {}

    /** Reads the first rows, at most {@code limit}, of the first split that has any. */
    public static Preview of(Job job, Optional<TimeWindow> window, int limit) {
        try (Extractor extractor = job.source().get()) {
            RunArtifacts artifacts = new RunArtifacts(job.steps());
            artifacts.prepareForNow();
            StepChain chain = StepChain.resolve(job.steps(), extractor.schema(), artifacts.context(Instant.now()));
            List<String> stages = new ArrayList<>(List.of("extract"));
            job.steps().stream().map(StepDefinition::label).forEach(stages::add);
            List<Schema> schemas = new ArrayList<>(List.of(chain.source()));
            for (int i = 0; i < job.steps().size(); i++) {
                schemas.add(chain.after(i));
            }
            Plan plan = extractor.plan(ExtractRequest.of(window, limit));
            List<PreviewRow> rows = List.of();
            while (rows.isEmpty() && plan.splits().hasNext()) {
                rows = read(extractor, plan.splits().next(), chain, limit);
            }
            return new Preview(stages, schemas, rows);
        }
    }

    private static List<PreviewRow> read(Extractor extractor, Split split, StepChain chain, int limit) {
        Path file = temporaryFile();
        List<ClaimTable> tables = chain.newClaimTables(SEED);
        try (RejectWriter rejects = new RejectWriter(file, "preview");
                BoundChain bound = chain.bind(
                        tables.stream().map(table -> table.open(split.id(), 1)).toList());
                BatchReader reader = extractor.open(split, Optional.empty(), rejects)) {
            List<Batch> stages = new ArrayList<>();
            Batch batch = reader.next();
            long seen = reader.rowsRead();
            if (batch != null) {
                batch = batch.slice(0, Math.min(limit, batch.rowCount()));
                stages.add(batch);
                for (int step = 0; step < chain.steps().size(); step++) {
                    batch = bound.apply(step, batch, rejects);
                    stages.add(batch);
                }
            }
            rejects.stage();
            return follow(stages, chain, split, rejected(file), Math.min(limit, seen));
        } finally {
            delete(file);
        }
    }

    private static Map<RowName, RejectedRow> rejected(Path file) {
        Map<RowName, RejectedRow> rejected = new HashMap<>();
        RejectReader.read(Files.exists(file) ? List.of(file) : List.of(), row -> {
            rejected.put(new RowName(row.split(), row.ordinal()), row);
            return true;
        });
        return rejected;
    }

    private record RowName(String split, long ordinal) {}

    private static List<PreviewRow> follow(
            List<Batch> stages, StepChain chain, Split split, Map<RowName, RejectedRow> rejected, long limit) {
        List<PreviewRow> rows = new ArrayList<>();
        int from = 0;
        for (int cut : chain.cuts()) {
            if (from < stages.size()) {
                follow(stages, from, cut + 1, chain, split, rejected, limit, rows);
            }
            from = cut + 1;
        }
        if (from < stages.size()) {
            follow(stages, from, stages.size(), chain, split, rejected, limit, rows);
        }
        return rows;
    }

    /** Follows the rows that begin at a stage up to another one, where they end or are put together. */
    private static void follow(
            List<Batch> all,
            int from,
            int to,
            StepChain chain,
            Split split,
            Map<RowName, RejectedRow> rejected,
            long limit,
            List<PreviewRow> rows) {
        List<Batch> stages = all.subList(from, Math.min(to, all.size()));
        String origin = from == 0 ? split.id() : chain.steps().get(from - 1).label();
        String named = from == 0 ? split.id() : BatchwiseStep.ORIGIN;
        for (long ordinal = 0; ordinal < (from == 0 ? limit : stages.get(0).rowCount()); ordinal++) {
            List<Map<String, Object>> records = new ArrayList<>();
            for (Batch stage : stages) {
                OptionalInt row = find(stage, ordinal);
                if (row.isEmpty()) {
                    break;
                }
                records.add(stage.record(row.getAsInt()));
            }
            RejectedRow reject = rejected.get(new RowName(named, ordinal));
            rows.add(new PreviewRow(origin, ordinal, from, records, ending(from, to, records.size(), chain, reject)));
        }
    }

    private static Optional<String> ending(int from, int to, int reached, StepChain chain, RejectedRow reject) {
        if (reject != null) {
            return Optional.of("rejected by " + reject.step()
                    + (reject.column() == null ? "" : ", column '" + reject.column() + "'") + ": " + reject.reason());
        }
        if (from + reached == to) {
            return to > chain.steps().size()
                    ? Optional.empty()
                    : Optional.of("goes into " + chain.steps().get(to - 1).label());
        }
        StepDefinition step = chain.steps().get(Math.max(0, from + reached - 1));
        return Optional.of(
                step instanceof StepDefinition.ClaimStep
                        ? "dropped: its key was seen before"
                        : "dropped by " + step.label());
    }

    private static OptionalInt find(Batch batch, long ordinal) {
        Origin origin = batch.origin().orElseThrow();
        for (int row = 0; row < batch.rowCount(); row++) {
            if (origin.ordinal(row) == ordinal) {
                return OptionalInt.of(row);
            }
        }
        return OptionalInt.empty();
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("millrace-preview", ".jsonl");
            Files.delete(file);
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
