package io.millrace.core.pipeline;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Transform;
import io.millrace.core.config.Place;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.transform.Deduplicate;

/** One step of a pipeline's {@code transform} list. */
public sealed interface StepDefinition {
    /** The step's key in the file. */
    String name();

    /** The name, with {@code -2}, {@code -3} … where the pipeline has it before: what reports and rejects call the step. */
    String label();

    Place place();

    /** The same step under another label. */
    StepDefinition labelled(String label);

    /** The same step with what its connectors, where it has any, need to know. */
    default StepDefinition connected(ConnectorContext context) {
        return this;
    }

    /** A step that looks at one row at a time. */
    record RowStep(String name, String label, Transform transform, Record settings, Place place)
            implements StepDefinition {
        @Override
        public StepDefinition labelled(String other) {
            // A look-up is known by the name of its step.
            Transform named = transform instanceof LookupTransform looking ? looking.labelled(other) : transform;
            return new RowStep(name, other, named, settings, place);
        }

        @Override
        public StepDefinition connected(ConnectorContext context) {
            return transform instanceof LookupTransform looking
                    ? new RowStep(name, label, looking.connected(context), settings, place)
                    : this;
        }
    }

    /** A step that keeps any one row of each key: rows claim their keys as they pass, and none waits for another. */
    record ClaimStep(String name, String label, Deduplicate step, Place place) implements StepDefinition {
        @Override
        public StepDefinition labelled(String other) {
            return new ClaimStep(name, other, step, place);
        }
    }

    /** A step that needs all rows of equal key together, which the engine brings about: nothing passes before all is read. */
    record KeyedStep(String name, String label, io.millrace.core.keyed.KeyedStep step, Place place)
            implements StepDefinition {
        @Override
        public StepDefinition labelled(String other) {
            return new KeyedStep(name, other, step, place);
        }
    }
}
