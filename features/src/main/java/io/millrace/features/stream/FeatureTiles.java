package io.millrace.features.stream;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.core.key.KeyBytes;
import io.millrace.core.measure.GroupTable;
import io.millrace.core.measure.PartialRowBytes;
import io.millrace.core.measure.RowEvaluation;
import io.millrace.core.measure.RowInput;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import io.millrace.features.local.TileSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A view at work on the entities of one thread. Events are counted in tiles; of each entity the tiles that its windows look at
 * are kept as partial rows in a {@link FeatureStore}. What the engine does:
 *
 * <ul>
 *   <li>{@link #add} with events as they come, and {@link #flush} every now and then: then the values of all entities that
 *       something has happened to are given out;
 *   <li>{@link #due}, when event time has gone on, with the entities that were to be reminded of: tiles may have left their
 *       windows;
 *   <li>{@link #flush} before the store is saved, since events that were added since are in nothing else.
 * </ul>
 *
 * <p>Values look back from the end of the entity's newest tile, which may still be open, or from the last point in time of the
 * grain that event time has passed, whichever is later. Where that is a point that event time has passed, they are final, and
 * to the last bit those of a batch run as of that point over the same events. When the longest window is empty, the values of
 * no events are given out, with an end, and the entity is forgotten.
 *
 * <p>Times are microseconds. One thread.
 */
public final class FeatureTiles {
    /** How long the values of an entity that is forgotten stay. */
    private static final Duration FAREWELL = Duration.ofHours(1);
    /** How many entities' values are computed together. */
    private static final int CHUNK = 2_000;

    private static final long MOST_MEMORY = 64L << 20;

    private final BoundFeatures features;
    private final FeatureStore store;
    private final TileGrid grid;
    private final TileSchema schema;
    private final WindowBorders borders;
    private final Arrivals arrivals;
    private final RowEvaluation evaluation;
    private final PartialRowBytes bytes;
    private final TileValuesOut values;
    private final KeyBytes keyBytes = new KeyBytes();
    private GroupTable pending;
    /** How many events each group of {@link #pending} holds. */
    private int[] events = new int[64];

    FeatureTiles(BoundStreamedFeatures step, FeatureStore store) {
        this.features = step.features();
        this.store = store;
        this.grid = TileGrid.of(features.view().grain());
        this.schema = TileSchema.of(features);
        this.borders = new WindowBorders(features.view(), grid);
        this.arrivals = new Arrivals(features, grid, borders, step.allowedLateness());
        this.evaluation = features.boundMeasures().evaluation();
        this.bytes = new PartialRowBytes(schema.partial());
        this.values = new TileValuesOut(step, grid, schema, bytes);
        this.pending = emptyTable();
    }

    private GroupTable emptyTable() {
        return new GroupTable(schema.keyTypes(), features.boundMeasures());
    }

    /**
     * What became of some events.
     *
     * @param counted how many were counted
     * @param late how many were rejected as late
     * @param corrections how many of the counted ones change what was final
     */
    public record Taken(int counted, int late, int corrections) {}

    /** Takes events in. The others are rejected, or filtered where they belong to nobody or to no window. */
    public Taken add(Batch rows, long clock, Rejects rejects) {
        Batch wanted = arrivals.of(rows, clock, rejects);
        RowInput input = evaluation.evaluate(wanted, rejects);
        int count = input.rows().rowCount();
        if (count > 0) {
            pending.add(key(input.rows()), input);
            if (events.length < pending.groups()) {
                events = Arrays.copyOf(events, Math.max(pending.groups(), events.length * 2));
            }
            int[] groups = pending.located();
            for (int row = 0; row < count; row++) {
                events[groups[row]]++;
            }
        }
        return new Taken(count, arrivals.late(), arrivals.corrections());
    }

    private Column[] key(Batch rows) {
        int[] entity = arrivals.entity();
        Column[] key = new Column[entity.length + 1];
        for (int i = 0; i < entity.length; i++) {
            key[i] = rows.column(entity[i]);
        }
        long[] times = arrivals.times(rows);
        long[] numbers = new long[rows.rowCount()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = grid.tile(times[row]);
        }
        key[entity.length] = TileSchema.numbers(numbers);
        return key;
    }

    /** True where so much waits for {@link #flush} that it should not wait longer. */
    public boolean isFull() {
        return pending.bytes() > MOST_MEMORY;
    }

    /**
     * Puts what has come since the last call into the store, and gives out the values of these entities.
     *
     * @param now the time of the day, by which those who look at values later live
     * @param rejects takes values that cannot be computed
     */
    public void flush(long clock, long now, Consumer<Batch> out, Rejects rejects) {
        if (pending.groups() == 0) {
            return;
        }
        Map<String, EntityState> changed = count();
        // One of its own, because a table that has grown keeps its size.
        pending = emptyTable();
        Arrays.fill(events, 0);
        giveOut(changed, clock, now, out, rejects);
    }

    /** Merges pending tiles with those that are kept. */
    private Map<String, EntityState> count() {
        int groups = pending.groups();
        Column[] keys = pending.keys(0, groups);
        Column[] states = pending.states(0, groups);
        long[] numbers = ((LongColumn) keys[schema.entityColumns()]).values();
        String[] entities = new String[groups];
        Map<String, EntityState> changed = new LinkedHashMap<>();
        List<byte[]> kept = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            String entity = entity(keys, group);
            entities[group] = entity;
            EntityState state =
                    changed.computeIfAbsent(entity, known -> EntityState.of(store.get(known, EntityState.NAME)));
            byte[] before = store.get(entity, EntityState.name(numbers[group]));
            if (before != null) {
                kept.add(before);
            }
            changed.put(entity, state.counted(numbers[group], events[group]));
        }
        if (!kept.isEmpty()) {
            states = merged(keys, states, groups, kept);
        }
        Batch partials = partials(keys, states, groups);
        for (int group = 0; group < groups; group++) {
            store.put(entities[group], EntityState.name(numbers[group]), bytes.write(partials, group));
        }
        return changed;
    }

    private String entity(Column[] keys, int row) {
        keyBytes.clear();
        for (int i = 0; i < schema.entityColumns(); i++) {
            keyBytes.append(keys[i], row);
        }
        return new String(keyBytes.bytes(), 0, keyBytes.length(), StandardCharsets.ISO_8859_1);
    }

    /** The states of the groups together with what was kept of them. */
    private Column[] merged(Column[] keys, Column[] states, int groups, List<byte[]> kept) {
        GroupTable all = emptyTable();
        all.merge(keys, states, groups);
        Column[] before = bytes.read(kept).columns().toArray(Column[]::new);
        int width = schema.entityColumns() + 1;
        all.merge(Arrays.copyOf(before, width), Arrays.copyOfRange(before, width, before.length), kept.size());
        return all.states(0, groups);
    }

    private Batch partials(Column[] keys, Column[] states, int count) {
        List<Column> columns = new ArrayList<>(Arrays.asList(keys));
        columns.addAll(Arrays.asList(states));
        return Batch.of(schema.partial(), count, columns, null);
    }

    /**
     * Gives out the values of entities that were to be reminded of, where event time has come that far, and what {@link #flush}
     * would.
     */
    public void due(Collection<String> entities, long clock, long now, Consumer<Batch> out, Rejects rejects) {
        flush(clock, now, out, rejects);
        Map<String, EntityState> known = new LinkedHashMap<>();
        for (String entity : entities) {
            byte[] state = store.get(entity, EntityState.NAME);
            if (state != null && EntityState.of(state).asOf() < grid.tile(clock) - 1) {
                known.put(entity, EntityState.of(state));
            }
            if (known.size() == CHUNK) {
                giveOut(known, clock, now, out, rejects);
                known.clear();
            }
        }
        giveOut(known, clock, now, out, rejects);
    }

    private void giveOut(
            Map<String, EntityState> entities, long clock, long now, Consumer<Batch> out, Rejects rejects) {
        long closed = clock == Long.MIN_VALUE ? Long.MIN_VALUE : grid.tile(clock) - 1;
        int collected = 0;
        for (Map.Entry<String, EntityState> entry : entities.entrySet()) {
            giveOut(entry.getKey(), entry.getValue(), closed, now);
            if (++collected % CHUNK == 0) {
                values.giveOut(out, rejects);
            }
        }
        values.giveOut(out, rejects);
    }

    private void giveOut(String entity, EntityState state, long closed, long now) {
        long last = Math.max(Math.max(state.newest(), closed), state.asOf());
        long first = borders.first(last);
        int from = state.place(first);
        if (from == state.tiles().length) {
            byte[] gone = store.get(entity, EntityState.name(state.newest()));
            values.collectNone(last, gone, state.revision(), now + FAREWELL.toNanos() / 1_000);
            forget(entity, state.tiles(), state.tiles().length);
            store.remove(entity, EntityState.NAME);
            return;
        }
        forget(entity, state.tiles(), from);
        long next = borders.next(state, last);
        for (int i = from; i < state.tiles().length; i++) {
            long tile = state.tiles()[i];
            values.collect(last, store.get(entity, EntityState.name(tile)), last - tile);
        }
        values.end(last, state.revision(), grid.end(next));
        if (state.reminded() != next) {
            store.remind(entity, grid.end(next));
        }
        store.put(entity, EntityState.NAME, state.givenOut(last, first, next).toBytes());
    }

    private void forget(String entity, long[] tiles, int count) {
        for (int i = 0; i < count; i++) {
            store.remove(entity, EntityState.name(tiles[i]));
        }
    }
}
