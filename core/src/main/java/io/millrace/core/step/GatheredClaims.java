package io.millrace.core.step;

import io.millrace.api.MillraceException;
import io.millrace.core.keyed.Gathering;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StepDefinition.KeyedStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.ClaimingTransform;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Steps for engines whose workers share no memory, in which no table of claimed keys can be kept: the rows that a step
 * compares are brought together before it.
 */
public final class GatheredClaims {
    private GatheredClaims() {}

    /** A user error where a step compares rows by keys that have no column in common. */
    public static List<StepDefinition> in(List<StepDefinition> steps) {
        List<StepDefinition> gathered = new ArrayList<>();
        for (StepDefinition step : steps) {
            if (step instanceof ClaimStep claim) {
                gathered.add(new KeyedStep(claim.name(), claim.label(), claim.step(), claim.place()));
                continue;
            }
            if (step instanceof RowStep row
                    && row.transform() instanceof ClaimingTransform claiming
                    && claiming.claims() > 0) {
                gathered.add(new KeyedStep(row.name(), row.label(), new Gathering(common(row, claiming)), row.place()));
            }
            gathered.add(step);
        }
        return List.copyOf(gathered);
    }

    /** Rows that are equal in all columns of a key are equal in some of them. */
    private static List<String> common(RowStep step, ClaimingTransform claiming) {
        Set<String> columns = new LinkedHashSet<>(claiming.claimedKeys().get(0));
        claiming.claimedKeys().forEach(columns::retainAll);
        if (columns.isEmpty()) {
            throw MillraceException.user(step.place() + ": step '" + step.label() + "' compares rows by "
                    + claiming.claimedKeys() + ", which have no column in common; on this engine make a step of its own"
                    + " for each of these rules, or run with engine: local");
        }
        return List.copyOf(columns);
    }
}
