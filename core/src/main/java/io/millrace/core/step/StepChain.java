package io.millrace.core.step;

import io.millrace.api.BindContext;
import io.millrace.api.ByteSize;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StepDefinition.KeyedStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.ClaimingTransform;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The steps of a job with the schemas between them: resolved once, bound anew for every attempt. A keyed step needs all rows
 * of a key together, so it cuts the chain into stages: what lies before it is a stage, and what lies behind it another.
 * Immutable.
 */
public final class StepChain {
    private final List<StepDefinition> steps;
    private final List<Schema> schemas;
    /** Of the keyed steps; null for others. */
    private final BoundKeyedStep[] keyed;

    private final BindContext context;

    private StepChain(List<StepDefinition> steps, List<Schema> schemas, BoundKeyedStep[] keyed, BindContext context) {
        this.steps = steps;
        this.schemas = schemas;
        this.keyed = keyed;
        this.context = context;
    }

    /** Binds every step once to see that it fits; a user error names the step and its place. */
    public static StepChain resolve(List<StepDefinition> steps, Schema source, BindContext context) {
        List<Schema> schemas = new ArrayList<>(List.of(source));
        BoundKeyedStep[] keyed = new BoundKeyedStep[steps.size()];
        for (int i = 0; i < keyed.length; i++) {
            StepDefinition step = steps.get(i);
            Schema input = schemas.get(i);
            try {
                if (step instanceof KeyedStep definition) {
                    keyed[i] = definition.step().bind(input, context.runStart());
                }
                schemas.add(keyed[i] == null ? output(step, input, context) : keyed[i].output());
            } catch (MillraceException unfit) {
                throw unfit.during(step.place() + ": step '" + step.label() + "'");
            }
        }
        StepLineages.refuseLosingKeys(steps, schemas);
        return new StepChain(List.copyOf(steps), List.copyOf(schemas), keyed, context);
    }

    /** What the columns of {@link #output} come from. */
    public ColumnLineage lineage() {
        return StepLineages.all(steps, schemas);
    }

    private static Schema output(StepDefinition step, Schema input, BindContext context) {
        if (step instanceof ClaimStep claim) {
            claim.step().key().forEach(input::require);
            return input;
        }
        return ((RowStep) step).transform().bind(input, context).output();
    }

    public List<StepDefinition> steps() {
        return steps;
    }

    /** What the source yields. */
    public Schema source() {
        return schemas.get(0);
    }

    /** What comes out of the step at a place. */
    public Schema after(int step) {
        return schemas.get(step + 1);
    }

    /** What the target gets. */
    public Schema output() {
        return schemas.get(schemas.size() - 1);
    }

    /** The keyed step at a place; a step of another kind is an IllegalArgumentException. */
    public BoundKeyedStep keyed(int step) {
        if (keyed[step] == null) {
            throw new IllegalArgumentException(steps.get(step).label() + " is not a keyed step");
        }
        return keyed[step];
    }

    /** The places of the keyed steps, in order. */
    public List<Integer> cuts() {
        return IntStream.range(0, steps.size())
                .filter(step -> keyed[step] != null)
                .boxed()
                .toList();
    }

    /** The steps from {@code from} (inclusive) to {@code to} (exclusive) by themselves. */
    public StepChain part(int from, int to) {
        BoundKeyedStep[] part = Arrays.copyOfRange(keyed, from, to);
        return new StepChain(steps.subList(from, to), schemas.subList(from, to + 1), part, context);
    }

    /** True where a row's fate depends on other rows of its key, read elsewhere. */
    public boolean comparesRows() {
        return steps.stream().anyMatch(step -> !(step instanceof RowStep) || tables(step) > 0);
    }

    /** The claim tables that a run of this chain needs, one for each key that a step compares across splits. */
    public List<ClaimTable> newClaimTables(long seed) {
        List<ClaimTable> tables = new ArrayList<>();
        long tableCount = steps.stream().mapToInt(StepChain::tables).sum();
        ByteSize each = new ByteSize(ClaimTable.defaultMemoryLimit().bytes() / Math.max(1, tableCount));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof ClaimStep claim) {
                tables.add(claim.step().claimTable(schemas.get(i), seed, each));
            } else if (steps.get(i) instanceof RowStep row && row.transform() instanceof ClaimingTransform claiming) {
                tables.addAll(claiming.claimTables(schemas.get(i), seed, each));
            }
        }
        return tables;
    }

    private static int tables(StepDefinition step) {
        if (step instanceof RowStep row) {
            return row.transform() instanceof ClaimingTransform claiming ? claiming.claims() : 0;
        }
        return step instanceof ClaimStep ? 1 : 0;
    }

    /**
     * The chain for one attempt on one thread; {@code tickets} are of the claim tables, in their order, or none where all
     * rows of a key come to one attempt ({@link GatheredClaims}). A keyed step in it sees only the rows of one batch: runs
     * cut the chain there, a preview does not.
     */
    public BoundChain bind(List<Ticket> tickets) {
        List<BoundChain.BoundStep> bound = new ArrayList<>();
        int tables = 0;
        for (int i = 0; i < steps.size(); i++) {
            StepDefinition step = steps.get(i);
            if (step instanceof RowStep row
                    && row.transform() instanceof ClaimingTransform claiming
                    && !tickets.isEmpty()) {
                List<Ticket> own = tickets.subList(tables, tables += claiming.claims());
                bound.add(new BoundChain.BoundStep(step.label(), claiming.bind(schemas.get(i), context, own)));
            } else if (step instanceof RowStep row) {
                bound.add(new BoundChain.BoundStep(step.label(), row.transform().bind(schemas.get(i), context)));
            } else if (step instanceof ClaimStep) {
                bound.add(new BoundChain.BoundStep(
                        step.label(), new DeduplicateRows(schemas.get(i), tickets.get(tables++))));
            } else {
                bound.add(new BoundChain.BoundStep(step.label(), new BatchwiseStep(keyed[i])));
            }
        }
        return new BoundChain(bound);
    }
}
