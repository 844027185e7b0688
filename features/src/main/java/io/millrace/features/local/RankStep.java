package io.millrace.features.local;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.keyed.Lift;
import io.millrace.features.Ranking;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds an entity's place among others of equal {@code within} at one point in time.
 *
 * @param grain the columns that say which point in time a row is of
 */
record RankStep(String name, Ranking ranking, List<String> grain) implements KeyedStep {
    @Override
    public BoundKeyedStep bind(Schema input) {
        List<Field> fields = new ArrayList<>(input.fields());
        fields.add(Field.of(name, DataType.FLOAT64));
        List<String> key = new ArrayList<>(grain);
        ranking.within().stream().filter(column -> !grain.contains(column)).forEach(key::add);
        key.forEach(input::require);
        input.require(ranking.of());
        return new Bound(ranking, input, Schema.of(fields), List.copyOf(key));
    }

    /** The step on rows of one schema. */
    record Bound(Ranking ranking, Schema partial, Schema output, List<String> key) implements BoundKeyedStep {
        @Override
        public boolean groups() {
            return false;
        }

        @Override
        public Lift lift() {
            return Lift.UNCHANGED;
        }

        @Override
        public Fold fold(long memoryLimit) {
            return new RankFold(this, memoryLimit);
        }
    }
}
