package io.millrace.core.measure;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;

/**
 * A measure with the column that it yields.
 *
 * @param accumulator the index of the accumulator that computes it, which it may share
 */
record BoundMeasure(Measure.Basic measure, Field field, int accumulator) {
    String name() {
        return field.name();
    }

    DataType type() {
        return field.type();
    }
}
