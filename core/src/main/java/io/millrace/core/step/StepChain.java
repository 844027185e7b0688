package io.millrace.core.step;

import io.millrace.api.BindContext;
import io.millrace.api.ByteSize;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.KeyedStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.ClaimingTransform;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.ArrayList;
import java.util.List;

/** The steps of a job with the schemas between them: resolved once, bound anew for every attempt. Immutable. */
public final class StepChain {
    private final List<StepDefinition> steps;
    private final List<Schema> schemas;
    private final BindContext context;

    private StepChain(List<StepDefinition> steps, List<Schema> schemas, BindContext context) {
        this.steps = steps;
        this.schemas = schemas;
        this.context = context;
    }

    /** Binds every step once to see that it fits; a user error names the step and its place. */
    public static StepChain resolve(List<StepDefinition> steps, Schema source, BindContext context) {
        List<Schema> schemas = new ArrayList<>(List.of(source));
        for (StepDefinition step : steps) {
            Schema input = schemas.get(schemas.size() - 1);
            try {
                schemas.add(output(step, input, context));
            } catch (MillraceException unfit) {
                throw unfit.during(step.place() + ": step '" + step.label() + "'");
            }
        }
        return new StepChain(List.copyOf(steps), List.copyOf(schemas), context);
    }

    private static Schema output(StepDefinition step, Schema input, BindContext context) {
        if (step instanceof KeyedStep keyed) {
            keyed.step().key().forEach(input::require);
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

    /** The claim tables that a run of this chain needs, one for each key that a step compares across splits. */
    public List<ClaimTable> newClaimTables(long seed) {
        List<ClaimTable> tables = new ArrayList<>();
        long tableCount = steps.stream().mapToInt(StepChain::tables).sum();
        ByteSize each = new ByteSize(ClaimTable.defaultMemoryLimit().bytes() / Math.max(1, tableCount));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof KeyedStep keyed) {
                tables.add(((Deduplicate) keyed.step()).claimTable(schemas.get(i), seed, each));
            } else if (((RowStep) steps.get(i)).transform() instanceof ClaimingTransform claiming) {
                tables.addAll(claiming.claimTables(schemas.get(i), seed, each));
            }
        }
        return tables;
    }

    private static int tables(StepDefinition step) {
        if (step instanceof RowStep row) {
            return row.transform() instanceof ClaimingTransform claiming ? claiming.claims() : 0;
        }
        return 1;
    }

    /** The chain for one attempt on one thread; {@code tickets} are of the claim tables, in their order. */
    public BoundChain bind(List<Ticket> tickets) {
        List<BoundChain.BoundStep> bound = new ArrayList<>();
        int tables = 0;
        for (int i = 0; i < steps.size(); i++) {
            StepDefinition step = steps.get(i);
            if (step instanceof RowStep row && row.transform() instanceof ClaimingTransform claiming) {
                List<Ticket> own = tickets.subList(tables, tables += claiming.claims());
                bound.add(new BoundChain.BoundStep(step.label(), claiming.bind(schemas.get(i), context, own)));
            } else if (step instanceof RowStep row) {
                bound.add(new BoundChain.BoundStep(step.label(), row.transform().bind(schemas.get(i), context)));
            } else {
                bound.add(new BoundChain.BoundStep(
                        step.label(), new DeduplicateRows(schemas.get(i), tickets.get(tables++))));
            }
        }
        return new BoundChain(bound);
    }
}
