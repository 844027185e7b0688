package io.millrace.core.coordinator;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Schema;
import io.millrace.core.engine.StageInput;
import io.millrace.core.engine.StageOutput;
import io.millrace.core.exchange.Exchange;
import io.millrace.core.exchange.Shuffled;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunStep;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.step.StagedSteps;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.deduplicate.ClaimTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stages of a run. A chain without keyed steps is one stage; each keyed step ends a stage with an exchange, whose buckets
 * are the splits of the next.
 */
final class RunStages {
    /** The part of the heap that all folds at work may fill. */
    private static final int HEAP_SHARE = 4;
    /** Of sources that know their bytes and not their rows; events have a hundred or two. */
    private static final int BYTES_PER_ROW = 64;

    private final RunRecord run;
    private final StagedSteps steps;
    private final Job.Options options;
    private final Ledger ledger;
    private final RunFolder folder;
    /** What {@link #check} has read already. */
    private final Map<Integer, List<ClaimTable>> restored = new HashMap<>();

    RunStages(RunRecord run, StepChain steps, Job.Options options, Ledger ledger, RunFolder folder) {
        this.run = run;
        this.steps = new StagedSteps(steps);
        this.options = options;
        this.ledger = ledger;
        this.folder = folder;
    }

    /** The number of the last stage, which writes to the target; the first is 0. */
    int last() {
        return steps.last();
    }

    StagedSteps steps() {
        return steps;
    }

    /** What the target gets. */
    Schema output() {
        return steps.chain().output();
    }

    /** True where a step of the first stage claims keys. */
    boolean claims() {
        return !steps.of(0).newClaimTables(0).isEmpty();
    }

    /** The exchange before a later stage. */
    private Exchange exchange(int stage) {
        return new Exchange(folder.exchange(stage), stage, steps.keyedBefore(stage), run.seed(), true);
    }

    /** Stores the buckets of all exchanges where that has not happened: how many there are cannot change any more. */
    void plan(Lease lease, int parallelism) {
        long expected = expectedRows();
        int section = 0;
        for (int stage = 1; stage <= last(); stage++) {
            Exchange exchange = exchange(stage);
            section += exchange.step().groups() ? 1 : 0;
            ledger.planned(lease, run.id(), stage, section, exchange.plan(expected, parallelism));
        }
    }

    /** Stores what the steps are called and what comes out of each, with the reading and the writing of each stage. */
    void describe(Lease lease) {
        List<RunStep> described = new ArrayList<>();
        for (int stage = 0; stage <= last(); stage++) {
            StepChain chain = steps.of(stage);
            int place = 0;
            described.add(new RunStep(stage, place++, stage == 0 ? "extract" : steps.cutBefore(stage), chain.source()));
            for (int step = 0; step < chain.steps().size(); step++) {
                described.add(
                        new RunStep(stage, place++, chain.steps().get(step).label(), chain.after(step)));
            }
            described.add(
                    new RunStep(stage, place, stage == last() ? "load" : steps.cutBefore(stage + 1), chain.output()));
        }
        ledger.describe(lease, run.id(), described);
    }

    /** About how many rows the whole source has, or -1 where it does not even say how many bytes. */
    private long expectedRows() {
        long expected = ledger.counts(run.id()).rows().extracted();
        for (RemainingSplit remaining : ledger.unfinished(run.id(), 0)) {
            Split split = remaining.split();
            if (split.estimatedRows() < 0 && split.estimatedBytes() < 0) {
                return -1;
            }
            expected += split.estimatedRows() < 0 ? split.estimatedBytes() / BYTES_PER_ROW : split.estimatedRows();
        }
        return expected;
    }

    /** True where no split of the source is left. */
    boolean sourceIsRead() {
        return ledger.splitCount(run.id(), 0) > 0
                && ledger.unfinished(run.id(), 0).isEmpty();
    }

    /** True where every piece of the last stage is in. */
    boolean allDone() {
        return ledger.splitCount(run.id(), last()) > 0
                && ledger.unfinished(run.id(), last()).isEmpty();
    }

    /**
     * Throws STALE where finished pieces cannot be built upon: files of theirs are missing or damaged here, or another
     * engine has made them in stages of its own.
     *
     * @param exchanged whether rows on their way between stages are kept in files
     */
    void check(boolean exchanged) {
        if (ledger.lastStage(run.id()) > last()) {
            throw ofAnotherEngine();
        }
        for (int stage = 0; stage <= last(); stage++) {
            if (stage < last()) {
                checkKind(exchanged, ledger.results(run.id(), stage));
            }
            // Until it is planned a stage has no splits.
            boolean finished = ledger.splitCount(run.id(), stage) > 0
                    && ledger.unfinished(run.id(), stage).isEmpty();
            if (!finished && exchanged) {
                restored.put(stage, claims(stage));
                if (stage > 0) {
                    exchange(stage).check(ledger.results(run.id(), stage - 1));
                }
            }
        }
    }

    private static void checkKind(boolean exchanged, List<PieceResult> results) {
        for (PieceResult result : results) {
            if (result.data().isEmpty() || Shuffled.is(result.data().get()) == exchanged) {
                throw ofAnotherEngine();
            }
        }
    }

    private static MillraceException ofAnotherEngine() {
        return new MillraceException(
                ErrorKind.STALE, "another engine has begun it, which brings rows of a key together in another way");
    }

    /** The claim tables of a stage, holding what its finished pieces claim, with room for the rows that are expected. */
    List<ClaimTable> claims(int stage) {
        List<ClaimTable> known = restored.remove(stage);
        return known == null ? restore(stage) : known;
    }

    private List<ClaimTable> restore(int stage) {
        List<ClaimTable> tables = steps.of(stage).newClaimTables(run.seed());
        if (tables.isEmpty()) {
            return tables;
        }
        List<PieceResult> results = ledger.results(run.id(), stage);
        // Growing step by step costs more than claiming.
        long expected = results.stream()
                        .mapToLong(result -> result.counts().extracted())
                        .sum()
                + ledger.unfinished(run.id(), stage).stream()
                        .mapToLong(remaining -> Math.max(0, remaining.split().estimatedRows()))
                        .sum();
        tables.forEach(table -> table.expect(expected));
        for (PieceResult result : results) {
            for (int i = 0; i < tables.size(); i++) {
                tables.get(i)
                        .restore(
                                folder.claims(),
                                result.claims().get(i),
                                result.task().piece());
            }
        }
        return tables;
    }

    /** Where a stage's rows come from. What lies before a later stage has all been read. */
    StageInput input(int stage, Extractor source) {
        if (stage == 0) {
            return new StageInput() {
                @Override
                public String label() {
                    return "extract";
                }

                @Override
                public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
                    return source.open(split, resumePoint, rejects);
                }
            };
        }
        Exchange exchange = exchange(stage);
        List<PieceResult> pieces = ledger.results(run.id(), stage - 1);
        int buckets = ledger.splitCount(run.id(), stage);
        long memory = Runtime.getRuntime().maxMemory() / HEAP_SHARE / options.parallelism();
        String label = steps.cutBefore(stage);
        return new StageInput() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
                return exchange.open(split, buckets, pieces, options.batchRows(), memory, rejects);
            }
        };
    }

    /** Where a stage's rows go. */
    StageOutput output(int stage, Loader target) {
        return stage == last()
                ? new StageOutput.ToTarget(target)
                : new StageOutput.ToExchange(
                        exchange(stage + 1), steps.cutBefore(stage + 1), ledger.splitCount(run.id(), stage + 1));
    }

    /** Removes what a finished stage has read. */
    void dropInput(int stage) {
        if (stage > 0) {
            folder.dropExchange(stage);
        }
    }
}
