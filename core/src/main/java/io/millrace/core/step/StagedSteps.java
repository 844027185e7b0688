package io.millrace.core.step;

import io.millrace.core.keyed.BoundKeyedStep;
import java.util.List;

/**
 * A chain cut into stages: one without keyed steps is one stage; each keyed step ends a stage, behind which its rows come
 * together by key. Immutable.
 */
public record StagedSteps(StepChain chain, List<Integer> cuts) {
    public StagedSteps(StepChain chain) {
        this(chain, chain.cuts());
    }

    /** The number of the last stage, which writes to the target; the first is 0. */
    public int last() {
        return cuts.size();
    }

    /** The steps of a stage, its keyed step excepted. */
    public StepChain of(int stage) {
        int from = stage == 0 ? 0 : cuts.get(stage - 1) + 1;
        int to = stage == cuts.size() ? chain.steps().size() : cuts.get(stage);
        return chain.part(from, to);
    }

    /** The label of the keyed step behind which a later stage begins. */
    public String cutBefore(int stage) {
        return chain.steps().get(cuts.get(stage - 1)).label();
    }

    /** The keyed step behind which a later stage begins. */
    public BoundKeyedStep keyedBefore(int stage) {
        return chain.keyed(cuts.get(stage - 1));
    }
}
