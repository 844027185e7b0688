package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.api.data.Timestamps;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.core.transform.aggregate.Aggregate;
import io.millrace.core.transform.aggregate.Session;
import io.millrace.core.transform.aggregate.WindowSettings;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;
import io.millrace.features.Grain;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A view of sessions: those that end within a range, by the windows of {@code aggregate}. */
record SessionStep(BoundKeyedStep sessions, Schema output, long after, long until) implements BoundKeyedStep {
    static SessionStep of(BoundFeatures features, Grain.Sessions grain, AsOfRange range) {
        WindowSettings window = new WindowSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Session(grain.gap(), Optional.of(grain.max()))),
                Optional.empty(),
                Optional.empty());
        Aggregate aggregate = new Aggregate(
                features.view().entity(),
                features.measures(),
                Optional.of(window),
                Optional.of(features.view().time()),
                features.view().tieBreak());
        return new SessionStep(
                aggregate.bind(features.input()),
                features.measured(),
                Timestamps.toMicros(range.after()),
                Timestamps.toMicros(range.until()));
    }

    @Override
    public Schema partial() {
        return sessions.partial();
    }

    @Override
    public List<String> key() {
        return sessions.key();
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public Lift lift() {
        return sessions.lift();
    }

    @Override
    public Fold fold(long memoryLimit) {
        Fold fold = sessions.fold(memoryLimit);
        return new Fold() {
            @Override
            public void add(Batch partials) {
                fold.add(partials);
            }

            @Override
            public Iterator<Batch> finish(int batchRows, Rejects rejects) {
                List<Batch> ended = new ArrayList<>();
                fold.finish(batchRows, rejects).forEachRemaining(batch -> ended.add(ended(batch, rejects)));
                ended.removeIf(batch -> batch.rowCount() == 0);
                return ended.iterator();
            }
        };
    }

    /** The sessions of somebody that end within the range, under the view's names. */
    private Batch ended(Batch batch, Rejects rejects) {
        int entities = output.indexOf(FeatureView.SESSION_START);
        LongColumn ends = (LongColumn) batch.column(entities + 1);
        int[] kept = new int[batch.rowCount()];
        int size = 0;
        for (int row = 0; row < kept.length; row++) {
            boolean somebodys = true;
            for (int column = 0; column < entities; column++) {
                somebodys &= !batch.column(column).isNull(row);
            }
            if (somebodys && ends.get(row) > after && ends.get(row) <= until) {
                kept[size++] = row;
            }
        }
        rejects.filtered(kept.length - size);
        Batch within = batch.select(Selection.of(kept, size));
        return Batch.of(output, size, within.columns(), null);
    }
}
