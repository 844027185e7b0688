package io.millrace.core.coordinator;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.data.Schema;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.step.StepChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run would do. Nothing is written.
 *
 * @param stages {@code extract} and the labels of the steps
 * @param schemas after each stage
 * @param lineage what the columns that the target gets come from
 * @param pushedDown what the source does by itself, so that fewer rows or columns travel
 * @param history what the ledger says about running this now; empty where there is no ledger yet
 */
public record PlanPreview(
        String source,
        String target,
        WriteMode mode,
        List<String> stages,
        List<Schema> schemas,
        ColumnLineage lineage,
        List<Split> splits,
        Repeatability repeatability,
        List<String> warnings,
        List<String> pushedDown,
        Optional<String> history) {
    public static PlanPreview of(Job job, Optional<TimeWindow> window, Optional<Ledger> ledger) {
        try (Extractor extractor = job.source().get();
                Loader loader = job.target().get()) {
            StepChain chain = checked(job, window, extractor, loader);
            List<String> stages = new ArrayList<>(List.of("extract"));
            List<Schema> schemas = new ArrayList<>(List.of(chain.source()));
            for (int i = 0; i < job.steps().size(); i++) {
                StepDefinition step = job.steps().get(i);
                stages.add(step.label());
                schemas.add(chain.after(i));
            }
            RunKey key = Runner.key(job, window, extractor);
            Next next = ledger.map(known -> Next.of(known, key, job, loader.mode()))
                    .orElse(new Next(Optional.empty(), Optional.empty()));
            Plan plan = extractor.plan(new ExtractRequest(
                    window, next.position, Optional.empty(), job.options().batchRows()));
            List<Split> splits = new ArrayList<>();
            plan.splits().forEachRemaining(splits::add);
            return new PlanPreview(
                    extractor.describe(),
                    loader.describe(),
                    loader.mode(),
                    stages,
                    schemas,
                    chain.lineage(),
                    splits,
                    plan.repeatability(),
                    Stream.concat(plan.warnings().stream(), extractor.notices().stream())
                            .toList(),
                    pushedDown(extractor, window, next.position),
                    next.history);
        }
    }

    private static List<String> pushedDown(
            Extractor extractor, Optional<TimeWindow> window, Optional<String> position) {
        List<String> parts = new ArrayList<>();
        position.ifPresent(previous -> parts.add("only what is new since the previous increment"));
        window.ifPresent(rows -> parts.add(
                "only rows of " + rows + " by " + extractor.timeColumn().orElseThrow()));
        parts.add("only the columns " + String.join(", ", extractor.schema().names()));
        return parts;
    }

    /** Checks with source and target that the job can begin; throws what {@link Runner#run} would. */
    public static void check(Job job) {
        try (Extractor extractor = job.source().get();
                Loader loader = job.target().get()) {
            checked(job, Optional.empty(), extractor, loader);
        }
    }

    private static StepChain checked(Job job, Optional<TimeWindow> window, Extractor extractor, Loader loader) {
        StepChain chain = StepChain.resolve(
                job.steps(), extractor.schema(), new RunArtifacts(job.steps()).context(Instant.now()));
        loader.validate(chain.output());
        WindowRules.check(window, extractor, loader, chain);
        WindowRules.checkWhole(window, window.isEmpty() && extractor.incremental(), loader);
        if (window.isEmpty() && extractor.incremental()) {
            IncrementHistory.refuseReplacing(loader.mode());
        }
        return chain;
    }

    /** Where a run would begin now, and why. */
    private record Next(Optional<String> position, Optional<String> history) {
        static Next of(Ledger ledger, RunKey key, Job job, WriteMode mode) {
            try {
                RunDecision decision = new RunHistory(ledger).decide(key, job, mode, Rerun.DEFAULT);
                if (!(decision instanceof RunDecision.Resume resume)) {
                    return new Next(decision.position(), Optional.of(decision.why()));
                }
                RunRecord run = resume.run();
                int left = ledger.unfinished(run.id(), 0).size();
                return new Next(
                        run.position(),
                        Optional.of(decision.why() + ": " + (ledger.splitCount(run.id(), 0) - left)
                                + " splits are finished, " + left + " would be read"));
            } catch (MillraceException refused) {
                return new Next(Optional.empty(), Optional.of("would be refused: " + refused.getMessage()));
            }
        }
    }
}
