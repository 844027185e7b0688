package io.millrace.core.coordinator;

import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.WriteMode;
import io.millrace.api.data.Schema;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.reject.RejectedRowsSource;
import io.millrace.core.run.Job;
import io.millrace.core.step.StepChain;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rejected rows of a finished run as jobs of their own, one for each step that refused some: from that step on, as it is
 * now, into the same target. A job is known by the run and the step, so that it is done once, and resumed, as any other.
 *
 * @param withoutRow rows of which no whole row is stored, because no batch could hold them: they have to be read again
 */
public record Replay(List<Job> jobs, long withoutRow) {
    private static final String LOAD = "load";

    /**
     * Reads the reject files through once.
     *
     * @param job of the run's pipeline as it is now
     * @param files the run's reject files
     * @throws MillraceException a user error where replaying would not be the same as a run without those faults
     */
    public static Replay of(RunRecord run, Job job, List<Path> files) {
        if (run.state() != RunState.DONE) {
            throw MillraceException.user("run " + run.id() + " is "
                    + run.state().name().toLowerCase(Locale.ROOT)
                    + "; finish it (millrace resume), or begin it anew, and its rows are tried again with it");
        }
        Map<String, Long> bySteps = new TreeMap<>();
        long[] withoutRow = new long[1];
        RejectReader.read(files, row -> {
            if (row.row() == null || row.row().isNull()) {
                withoutRow[0]++;
            } else {
                bySteps.merge(row.step(), 1L, Long::sum);
            }
            return true;
        });
        if (bySteps.isEmpty()) {
            return new Replay(List.of(), withoutRow[0]);
        }
        checkTarget(job);
        List<Job> jobs = new ArrayList<>();
        try (Extractor source = job.source().get()) {
            StepChain chain = StepChain.resolve(
                    job.steps(), source.schema(), new RunArtifacts(job.steps()).context(Instant.now()));
            for (String label : bySteps.keySet()) {
                int place = place(job.steps(), label);
                checkRest(job, chain, place, label);
                Schema input = place == 0 ? chain.source() : chain.after(place - 1);
                jobs.add(replaying(
                        run, job, label, job.steps().subList(place, job.steps().size()), input, files));
            }
        }
        return new Replay(List.copyOf(jobs), withoutRow[0]);
    }

    private static Job replaying(
            RunRecord run, Job job, String label, List<StepDefinition> rest, Schema input, List<Path> files) {
        Job.Options options = job.options();
        return new Job(
                job.pipeline() + ".replay-" + run.id() + "-" + label,
                // By the pipeline's file, a resume would run the pipeline.
                Optional.empty(),
                job.overrides(),
                () -> new RejectedRowsSource(run.id(), label, input, files),
                rest,
                job.target(),
                new Job.Options(
                        options.parallelism(),
                        options.batchRows(),
                        // All of them have been rejected once.
                        1.0,
                        options.retry(),
                        options.checkpoint(),
                        options.rejects()),
                job.definition());
    }

    private static int place(List<StepDefinition> steps, String label) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).label().equals(label)) {
                return i;
            }
        }
        if (label.equals(LOAD)) {
            return steps.size();
        }
        throw MillraceException.user("rows were rejected by step '" + label
                + "', and the pipeline has no such step any more; run it again instead, over the same rows");
    }

    private static void checkTarget(Job job) {
        try (Loader loader = job.target().get()) {
            boolean adds = loader.mode() == WriteMode.APPEND || loader.mode() == WriteMode.UPSERT;
            if (!adds || loader.wholeRunsOnly().isPresent()) {
                throw MillraceException.user("the target " + loader.describe() + " is replaced by each run ("
                        + loader.wholeRunsOnly()
                                .orElse("mode " + loader.mode().name().toLowerCase(Locale.ROOT))
                        + "), and the rejected rows alone would take the place of all others; run the pipeline again"
                        + " instead");
            }
        }
    }

    private static void checkRest(Job job, StepChain chain, int place, String label) {
        StepChain rest = chain.part(place, job.steps().size());
        boolean upserts;
        try (Loader loader = job.target().get()) {
            upserts = loader.mode() == WriteMode.UPSERT;
        }
        if (!rest.cuts().isEmpty() || rest.comparesRows() && !upserts) {
            throw MillraceException.user("behind step '" + label
                    + "', rows are compared with others of their key (deduplicate, aggregate, unique), which by"
                    + " themselves the rejected rows cannot be; run the pipeline again instead, with a mode that may be"
                    + " repeated");
        }
    }
}
