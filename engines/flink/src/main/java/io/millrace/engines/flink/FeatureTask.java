package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import io.millrace.features.stream.BoundStreamedFeatures;
import io.millrace.features.stream.FeatureStore;
import io.millrace.features.stream.FeatureTiles;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A feature view: events are counted in tiles, and the values of entities go on whenever they have changed, no more often
 * than the view's pace.
 */
final class FeatureTask implements KeyedTask {
    private final String label;
    private final FeatureTiles tiles;
    private final KeyedStore store;
    private final Runnable save;
    private final StreamClock clock;
    private final Duration pace;
    private final Ticker ticker;
    private final LongSupplier now;
    private final Supplier<OpenPiece> piece;
    private final Consumer<Batch> onward;
    private boolean ticking;

    /** Does something once, so many milliseconds later. */
    interface Ticker {
        void after(long millis, Runnable work);
    }

    /**
     * @param entities where entities are kept, which is that store in the end
     * @param save brings that store up to date with them
     * @param now microseconds of the time of the day
     */
    FeatureTask(
            String label,
            BoundStreamedFeatures step,
            KeyedStore store,
            FeatureStore entities,
            Runnable save,
            StreamClock clock,
            Ticker ticker,
            LongSupplier now,
            Supplier<OpenPiece> piece,
            Consumer<Batch> onward) {
        this.label = label;
        this.tiles = step.tiles(entities);
        this.store = store;
        this.save = save;
        this.clock = clock;
        this.pace = step.pace();
        this.ticker = ticker;
        this.now = now;
        this.piece = piece;
        this.onward = onward;
    }

    @Override
    public void add(Batch rows, OpenPiece open, Consumer<Batch> unused) {
        FeatureTiles.Taken taken = tiles.add(rows, clock.now(), open.rejects().at(label));
        open.folded(taken.counted());
        open.late(taken.late());
        open.corrections(taken.corrections());
        if (tiles.isFull()) {
            giveOutChanged();
        }
        tick();
    }

    private void tick() {
        if (!ticking) {
            ticking = true;
            ticker.after(pace.toMillis(), () -> {
                ticking = false;
                giveOutChanged();
            });
        }
    }

    /** What the watermark brings about counts what waits before it does anything else. */
    @Override
    public void beforeWatermark() {}

    @Override
    public void flush() {
        giveOutChanged();
        save.run();
    }

    private void giveOutChanged() {
        store.turned();
        OpenPiece open = piece.get();
        open.groups(() -> tiles.flush(clock.now(), now.getAsLong(), this::giveOut, new ValueRejects(open, label)));
        store.flush();
    }

    private void giveOut(Batch values) {
        piece.get().made(values.rowCount());
        onward.accept(values);
    }

    @Override
    public void due(int bucket, long millis, OpenPiece open, Consumer<Batch> unused) {
        store.turnTo(bucket);
        Set<String> entities = store.reminded(millis);
        open.groups(
                () -> tiles.due(entities, clock.now(), now.getAsLong(), this::giveOut, new ValueRejects(open, label)));
        store.flush();
    }
}
