package io.millrace.core.fit;

import io.millrace.core.learned.Learner;
import io.millrace.core.step.StepChain;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One reading of the source.
 *
 * @param chain the steps that the rows go through
 * @param learners makes an empty learner for a path
 */
record FitPass(StepChain chain, List<FitTap> taps, Function<String, Learner> learners) {
    /** An empty learner for each path. */
    Map<String, Learner> newLearners() {
        return taps.stream()
                .map(FitTap::path)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), learners, (one, other) -> one, TreeMap::new));
    }
}
