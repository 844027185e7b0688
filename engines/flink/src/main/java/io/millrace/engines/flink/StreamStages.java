package io.millrace.engines.flink;

import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Walk;
import io.millrace.core.keyed.Windows;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.step.StepChain;
import io.millrace.features.stream.BoundStreamedFeatures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * A stream's steps cut into stages. The first is behind the source; each further one begins with a step that needs the rows
 * of a key together, and goes on with the steps behind it. Immutable.
 *
 * @param cuts the places of the keyed steps
 */
record StreamStages(StepChain chain, List<Integer> cuts) {
    static StreamStages of(StepChain chain) {
        return new StreamStages(
                chain,
                IntStream.range(0, chain.steps().size())
                        .filter(step -> !(chain.steps().get(step) instanceof RowStep))
                        .boxed()
                        .toList());
    }

    /** The number of the stage that writes to the target; the first is 0. */
    int last() {
        return cuts.size();
    }

    /** The steps of a stage that look at one row at a time. */
    StepChain rowSteps(int stage) {
        int from = stage == 0 ? 0 : cuts.get(stage - 1) + 1;
        int to = stage == last() ? chain.steps().size() : cuts.get(stage);
        return chain.part(from, to);
    }

    /** The step that a later stage begins with. */
    StepDefinition keyed(int stage) {
        return chain.steps().get(cuts.get(stage - 1));
    }

    /** The same, bound; not for a step that claims keys. */
    BoundKeyedStep bound(int stage) {
        return chain.keyed(cuts.get(stage - 1));
    }

    /** What comes to the step that a later stage begins with. */
    Schema arriving(int stage) {
        int cut = cuts.get(stage - 1);
        return cut == 0 ? chain.source() : chain.after(cut - 1);
    }

    /** The columns that bring the rows of that step together. */
    List<String> key(int stage) {
        if (keyed(stage) instanceof ClaimStep claim) {
            return claim.step().key();
        }
        BoundKeyedStep bound = bound(stage);
        if (bound instanceof BoundStreamedFeatures features) {
            return features.key();
        }
        return bound.walk()
                .map(Walk::by)
                .or(() -> bound.windows().map(Windows::by))
                .orElseThrow();
    }

    /** Whether what a stage gives out are groups. */
    boolean groups(int stage) {
        return stage > 0
                && (groups(stage - 1)
                        || !(keyed(stage) instanceof ClaimStep) && bound(stage).groups());
    }

    /**
     * The name of a later stage in checkpoints. It carries a sum over all that its state rests on: state of another key or of
     * other measures is not gone on with, but told.
     */
    String uid(int stage) {
        Schema schema = arriving(stage);
        CRC32 sum = new CRC32();
        key(stage)
                .forEach(column -> update(
                        sum, column + " " + schema.field(schema.require(column)).type()));
        if (!(keyed(stage) instanceof ClaimStep)) {
            bound(stage).partial().forEach(field -> update(sum, field.name() + " " + field.type()));
        }
        return keyed(stage).label() + "-" + Long.toHexString(sum.getValue());
    }

    private static void update(CRC32 sum, String text) {
        sum.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The names of all later stages. */
    List<String> uids() {
        return IntStream.rangeClosed(1, last()).mapToObj(this::uid).toList();
    }
}
