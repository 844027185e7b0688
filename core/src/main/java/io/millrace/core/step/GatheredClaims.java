package io.millrace.core.step;

import io.millrace.core.keyed.Gathering;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StepDefinition.KeyedStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.ClaimingTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps for engines whose workers share no memory, in which no table of claimed keys can be kept: the rows that a step
 * compares are brought together before it.
 */
public final class GatheredClaims {
    private GatheredClaims() {}

    /** The same steps, without any that claims keys across attempts. */
    public static List<StepDefinition> in(List<StepDefinition> steps) {
        List<StepDefinition> gathered = new ArrayList<>();
        for (StepDefinition step : steps) {
            if (step instanceof ClaimStep claim) {
                gathered.add(new KeyedStep(claim.name(), claim.label(), claim.step(), claim.place()));
            } else if (step instanceof RowStep row
                    && row.transform() instanceof ClaimingTransform claiming
                    && claiming.claims() > 0) {
                claiming.parts().forEach(part -> add(part, row, gathered));
            } else {
                gathered.add(step);
            }
        }
        return List.copyOf(gathered);
    }

    private static void add(ClaimingTransform part, RowStep of, List<StepDefinition> gathered) {
        if (part.claims() > 0) {
            Gathering gathering = new Gathering(part.claimedKeys().get(0));
            gathered.add(new KeyedStep(of.name(), of.label(), gathering, of.place()));
        }
        gathered.add(new RowStep(of.name(), of.label(), part, of.settings(), of.place()));
    }
}
