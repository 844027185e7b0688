package io.millrace.app.doctor;

import io.millrace.api.ErrorKind;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.coordinator.PlanPreview;
import io.millrace.core.coordinator.Preview;
import io.millrace.core.run.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the servers of a pipeline: can they be reached, read, written? Writes nothing. */
public final class PipelineChecks {
    private PipelineChecks() {}

    /**
     * All of them, as far as each is possible without the one before.
     *
     * @param load reads and checks the file
     */
    public static List<Check> all(String file, Supplier<Job> load) {
        List<Check> checks = new ArrayList<>();
        Job job;
        try {
            job = load.get();
        } catch (MillraceException wrong) {
            return List.of(Check.failed(file, wrong.kind(), wrong.getMessage()));
        }
        checks.add(Check.ok(file, "is a valid pipeline, " + job.pipeline()));
        Check source = Check.of("source", () -> source(job));
        checks.add(source);
        if (source.verdict() != Check.Verdict.FAILED) {
            Check rows = Check.of("first row", () -> firstRow(job));
            checks.add(rows);
            if (rows.verdict() != Check.Verdict.FAILED) {
                checks.add(Check.of("target", () -> target(job)));
            }
        }
        job.options().rejects().ifPresent(folder -> checks.add(rejects(folder)));
        return checks;
    }

    private static Check source(Job job) {
        try (Extractor extractor = job.source().get()) {
            Schema schema = extractor.schema();
            return Check.ok(
                    "source",
                    extractor.describe() + " answers: " + schema.size() + " columns"
                            + extractor
                                    .timeColumn()
                                    .map(time -> ", time column " + time)
                                    .orElse(""));
        }
    }

    private static Check firstRow(Job job) {
        Preview preview = Preview.of(job, Optional.empty(), 1);
        if (preview.rows().isEmpty()) {
            return Check.warning("first row", "the source is empty");
        }
        return preview.rows().get(0).ending().isEmpty() || job.steps().isEmpty()
                ? Check.ok("first row", "can be read and passes all steps")
                : Check.ok(
                        "first row",
                        "can be read; " + preview.rows().get(0).ending().get());
    }

    private static Check target(Job job) {
        try (Loader loader = job.target().get()) {
            PlanPreview.check(job);
            return Check.ok("target", loader.describe() + " would take the result");
        }
    }

    private static Check rejects(Path folder) {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.toAbsolutePath().getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there)
                ? Check.ok("rejects", folder + " can be written")
                : Check.failed(
                        "rejects",
                        ErrorKind.DENIED,
                        there + " cannot be written; change its owner, or set run.rejects");
    }
}
