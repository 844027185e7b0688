package io.millrace.engines.spark.features;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import java.io.Serializable;
import java.util.List;

/**
 * What every task does to the rows of a table, as a definition that travels to it: bound things never do. Immutable.
 */
interface KeyedWork extends Serializable {
    /** The columns of the rows. */
    Schema input();

    /** For one task; its transforms are of one thread. */
    Bound bind();

    /**
     * @param before what is done to rows before the step, in this order
     * @param after what is done to the step's output
     */
    record Bound(List<BoundTransform> before, BoundKeyedStep step, List<BoundTransform> after, Schema output) {
        static Bound of(BoundKeyedStep step) {
            return new Bound(List.of(), step, List.of(), step.output());
        }
    }
}
