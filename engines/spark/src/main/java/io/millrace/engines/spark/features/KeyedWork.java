package io.millrace.engines.spark.features;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import java.io.Serializable;
import java.util.List;

/** What is done to the rows of a table, as a definition that travels to every task; bound things never do. Immutable. */
interface KeyedWork extends Serializable {
    /** The columns of the rows. */
    Schema input();

    /** For one task; its transforms are of one thread. */
    Bound bind();

    /**
     * The work bound.
     *
     * @param stages at least one
     * @param after what is done to the last stage's output
     */
    record Bound(List<Stage> stages, List<BoundTransform> after, Schema output) {
        static Bound of(BoundKeyedStep step) {
            return new Bound(List.of(new Stage(List.of(), step)), List.of(), step.output());
        }

        /** Whether what a stage takes in are still rows, and not groups of them. */
        boolean takesRows(int stage) {
            return stages.subList(0, stage).stream().noneMatch(one -> one.step.groups());
        }
    }

    /**
     * A keyed step.
     *
     * @param before what is done to rows before it, in this order
     */
    record Stage(List<BoundTransform> before, BoundKeyedStep step) {}
}
