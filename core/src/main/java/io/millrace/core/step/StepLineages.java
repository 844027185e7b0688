package io.millrace.core.step;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.lineage.Dependency;
import io.millrace.core.lineage.Origin;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StepDefinition.KeyedStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.ClaimingTransform;
import java.util.List;
import java.util.Optional;

/** What the columns of resolved steps come from, and what may not follow from that. */
final class StepLineages {
    private StepLineages() {}

    static ColumnLineage all(List<StepDefinition> steps, List<Schema> schemas) {
        ColumnLineage lineage = ColumnLineage.of(schemas.get(0));
        for (int i = 0; i < steps.size(); i++) {
            lineage = lineage.then(steps.get(i).label(), of(steps.get(i), schemas.get(i), schemas.get(i + 1)));
        }
        return lineage;
    }

    private static StepLineage of(StepDefinition step, Schema input, Schema output) {
        if (step instanceof KeyedStep keyed) {
            return keyed.step().lineage(input);
        } else if (step instanceof ClaimStep claim) {
            return claim.step().lineage(input);
        }
        return ((RowStep) step).transform() instanceof Traced traced
                ? traced.lineage(input, output)
                : StepLineage.opaque(input, output);
    }

    /**
     * A user error where a step drops rows for the sake of others of their key, and whether those others are there at all
     * depends on a server that is asked by key: when their piece is done again, the server may answer otherwise, and a key
     * would be lost. Behind a keyed step that is no matter, since its rows are stored.
     */
    static void refuseLosingKeys(List<StepDefinition> steps, List<Schema> schemas) {
        ColumnLineage lineage = ColumnLineage.of(schemas.get(0));
        for (int i = 0; i < steps.size(); i++) {
            StepDefinition step = steps.get(i);
            ColumnLineage after = lineage.then(step.label(), of(step, schemas.get(i), schemas.get(i + 1)));
            if (dropsLaterRows(step)) {
                Optional<Origin> asked = after.rows().stream()
                        .map(Dependency::origin)
                        .filter(origin -> origin instanceof Origin.LookedUp looked && !looked.pinned())
                        .findFirst();
                if (asked.isPresent()) {
                    throw losingKeys(step, asked.get()).during(step.place() + ": step '" + step.label() + "'");
                }
            }
            lineage = step instanceof KeyedStep ? ColumnLineage.of(schemas.get(i + 1)) : after;
        }
    }

    /** Whether a row is left out because another has claimed its key before. */
    private static boolean dropsLaterRows(StepDefinition step) {
        return step instanceof ClaimStep
                || step instanceof RowStep row
                        && row.transform() instanceof ClaimingTransform claiming
                        && claiming.rejects();
    }

    private static MillraceException losingKeys(StepDefinition step, Origin asked) {
        return MillraceException.user(
                "which rows come here depends on " + asked + ", a server that is asked by key: where a"
                        + " piece of work is done again and finds less than before, a row for which others were dropped would be"
                        + " gone. Read that table whole (without keyed), put this step before the one that asks, or "
                        + (step instanceof ClaimStep
                                ? "give order_by, so that rows wait for each other in files"
                                : "set severity: warn or fail"));
    }
}
