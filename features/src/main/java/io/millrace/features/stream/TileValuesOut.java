package io.millrace.features.stream;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.measure.Failures;
import io.millrace.core.measure.PartialRowBytes;
import io.millrace.core.measure.TileWindow;
import io.millrace.core.measure.WindowedGroups;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import io.millrace.features.local.AsOfColumn;
import io.millrace.features.local.TileSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes values of tiles, those of many entities at once, by the tile that their windows end with. One thread. */
final class TileValuesOut {
    private static final int CHUNK = 4_096;
    private static final long NEVER = Long.MIN_VALUE;

    private final BoundStreamedFeatures step;
    private final BoundFeatures features;
    private final TileGrid grid;
    private final TileSchema schema;
    private final PartialRowBytes bytes;
    private final TreeMap<Long, Collected> byLast = new TreeMap<>();

    TileValuesOut(BoundStreamedFeatures step, TileGrid grid, TileSchema schema, PartialRowBytes bytes) {
        this.step = step;
        this.features = step.features();
        this.grid = grid;
        this.schema = schema;
        this.bytes = bytes;
    }

    /** The tiles of entities whose windows end alike, and what else is said of the entities. */
    private static final class Collected {
        private final List<byte[]> tiles = new ArrayList<>();
        private final List<Integer> ages = new ArrayList<>();
        private final List<long[]> entities = new ArrayList<>();
    }

    /** Adds a tile of the entity that {@link #end} names next. */
    void collect(long last, byte[] tile, long age) {
        Collected collected = byLast.computeIfAbsent(last, first -> new Collected());
        collected.tiles.add(tile);
        collected.ages.add((int) age);
    }

    /** All tiles of an entity were added. */
    void end(long last, long revision, long holdsUntil) {
        byLast.get(last).entities.add(new long[] {revision, holdsUntil, NEVER});
    }

    /** Adds an entity none of whose tiles counts any more; one of them tells who it is. */
    void collectNone(long last, byte[] tile, long revision, long ends) {
        collect(last, tile, Integer.MAX_VALUE);
        byLast.get(last).entities.add(new long[] {revision, grid.end(last), ends});
    }

    /** Gives the values out, and forgets what was collected. */
    void giveOut(Consumer<Batch> out, Rejects rejects) {
        for (Map.Entry<Long, Collected> one : byLast.entrySet()) {
            Batch rows = rows(one.getKey(), one.getValue(), rejects);
            if (rows.rowCount() > 0) {
                out.accept(rows);
            }
        }
        byLast.clear();
    }

    private Batch rows(long last, Collected collected, Rejects rejects) {
        List<TileWindow> windows = features.windows(grid, last);
        WindowedGroups groups = new WindowedGroups(schema.entityTypes(), features.boundMeasures(), windows);
        for (int from = 0; from < collected.tiles.size(); from += CHUNK) {
            merge(collected, from, Math.min(from + CHUNK, collected.tiles.size()), groups);
        }
        int count = groups.groups();
        long[] numbers = new long[count];
        Arrays.fill(numbers, last);
        Failures failures = new Failures();
        List<Column> columns = new ArrayList<>(Arrays.asList(groups.keys(0, count)));
        columns.add(AsOfColumn.of(features.view().grain(), grid, numbers));
        columns.addAll(Arrays.asList(groups.results(0, count, failures)));
        columns.addAll(version(last, collected.entities, count));
        Batch results = Batch.of(step.output(), count, columns, null);
        failures.byRow().forEach((row, failure) -> rejects.reject(results, row, failure.measure(), failure.reason()));
        return failures.byRow().isEmpty() ? results : results.select(failures.others(count));
    }

    private void merge(Collected collected, int from, int to, WindowedGroups into) {
        Column[] all = bytes.read(collected.tiles.subList(from, to)).columns().toArray(Column[]::new);
        int entity = schema.entityColumns();
        int[] ages = new int[to - from];
        for (int i = 0; i < ages.length; i++) {
            ages[i] = collected.ages.get(from + i);
        }
        into.merge(Arrays.copyOf(all, entity), Arrays.copyOfRange(all, entity + 1, all.length), ages, ages.length);
    }

    private List<Column> version(long last, List<long[]> entities, int count) {
        long[] moments = new long[count];
        Arrays.fill(moments, grid.end(last));
        long[] ends = column(entities, 2);
        LongColumn.Builder endings = (LongColumn.Builder) ColumnBuilder.of(DataType.TIMESTAMP);
        for (long end : ends) {
            if (end == NEVER) {
                endings.appendNull();
            } else {
                endings.append(end);
            }
        }
        return List.of(
                LongColumn.of(DataType.TIMESTAMP, count, NullBitmap.NONE, moments),
                LongColumn.of(DataType.INT64, count, NullBitmap.NONE, column(entities, 0)),
                LongColumn.of(DataType.TIMESTAMP, count, NullBitmap.NONE, column(entities, 1)),
                endings.build());
    }

    private static long[] column(List<long[]> entities, int part) {
        return entities.stream().mapToLong(entity -> entity[part]).toArray();
    }
}
