package io.millrace.features.local;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.features.BoundFeatures;
import io.millrace.features.Pairing;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pairs} bound to the schema of events. Partial rows are the events; those that may be paired come together by the hash of
 * the column that they must be equal in, all others go anywhere.
 */
final class BoundPairStep implements BoundKeyedStep {
    static final String PLACE = "#place";
    static final String PAIRED = "#paired";

    private final BoundFeatures features;
    private final Schema partial;

    BoundPairStep(BoundFeatures features) {
        this.features = features;
        List<Field> fields = new ArrayList<>(features.events().fields());
        fields.add(new Field(PLACE, DataType.INT64, false));
        fields.add(new Field(PAIRED, DataType.BOOLEAN, false));
        this.partial = Schema.of(fields);
    }

    BoundFeatures features() {
        return features;
    }

    Pairing pairing() {
        return features.view().pairs().orElseThrow();
    }

    @Override
    public Schema partial() {
        return partial;
    }

    @Override
    public List<String> key() {
        return List.of(PLACE);
    }

    @Override
    public Schema output() {
        return features.input();
    }

    /** Events come out, but more of them than went in. */
    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public Lift lift() {
        return new PairLift(this);
    }

    @Override
    public Fold fold(long memoryLimit) {
        return new PairFold(this, memoryLimit);
    }
}
