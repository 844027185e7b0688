package io.millrace.core.measure;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups whose measures look back over different numbers of tiles. Rows are counted once, in partial rows of one tile each,
 * and a partial row goes into every measure whose window holds its tile. A group is there where one of its tiles is in the
 * longest window; a measure whose own window is empty then has the result of no rows. One thread.
 */
public final class WindowedGroups {
    private final GroupRows rows = new GroupRows();
    private final GroupKeys keys;
    private final List<Part> parts = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private int[] groups = {};

    /** @param windows of each measure, in the order of {@link BoundMeasures#results} */
    public WindowedGroups(List<DataType> key, BoundMeasures measures, List<TileWindow> windows) {
        this.keys = GroupKeys.of(key, rows);
        for (int i = 0; i < windows.size(); i++) {
            TileWindow window = windows.get(i);
            ResultPlan plan = measures.plans().get(i);
            Part part = part(window.tiles(), measures);
            if (window.halfLife().isPresent()) {
                int accumulation = fadingCount(plan);
                DecayedCounts counts = new DecayedCounts(window.halfLife().get(), window.tiles());
                part.fading.add(new Fading(part.stateStart[accumulation], counts));
                results.add(new Result(plan, part, counts));
            } else {
                part.use(plan);
                results.add(new Result(plan, part, null));
            }
        }
    }

    private Part part(int tiles, BoundMeasures measures) {
        for (Part part : parts) {
            if (part.tiles == tiles) {
                return part;
            }
        }
        Part part = new Part(tiles, measures);
        parts.add(part);
        return part;
    }

    private static int fadingCount(ResultPlan plan) {
        return plan.measure()
                .filter(measure ->
                        measure.measure() instanceof Measure.CountRows || measure.measure() instanceof Measure.Count)
                .orElseThrow(() -> MillraceException.user(
                        "only counts fade with a half-life: count(*) or count(x), with FILTER where wanted"))
                .accumulator();
    }

    /** The columns that the measures yield. */
    public static List<Field> fields(BoundMeasures measures, List<TileWindow> windows) {
        List<Field> fields = new ArrayList<>(measures.results());
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).halfLife().isPresent()) {
                fadingCount(measures.plans().get(i));
                fields.set(i, new Field(fields.get(i).name(), DataType.FLOAT64, false));
            }
        }
        return fields;
    }

    /**
     * Takes partial rows in.
     *
     * @param key the groups' keys, without the tile
     * @param states in the order of {@link BoundMeasures#states}
     * @param ages of their tiles: 0 is the last one before the point in time that is looked back from; all are in the longest
     *     window
     */
    public void merge(Column[] key, Column[] states, int[] ages, int count) {
        if (groups.length < count) {
            groups = new int[count];
        }
        keys.locate(key, count, groups);
        for (Part part : parts) {
            part.merge(states, ages, count);
        }
    }

    /** How many groups there are. */
    public int groups() {
        return rows.groups();
    }

    /** The keys of the groups from {@code from} to {@code to}. */
    public Column[] keys(int from, int to) {
        return keys.build(from, to);
    }

    /** The measures' results for these groups. */
    public Column[] results(int from, int to, Failures failures) {
        parts.forEach(part -> part.grow(rows.groups()));
        return results.stream()
                .map(result -> result.fading == null
                        ? result.plan.compute(result.part.accumulators, from, to, failures)
                        : result.fading.finish(from, to))
                .toArray(Column[]::new);
    }

    /** Bytes of memory taken. */
    public long bytes() {
        long bytes = rows.bytes() + keys.bytes();
        for (Part part : parts) {
            bytes += part.bytes();
        }
        return bytes;
    }

    /** A measure with the accumulators of its window. */
    private record Result(ResultPlan plan, Part part, DecayedCounts fading) {}

    /** Counts that fade, and the state column that they add up. */
    private record Fading(int column, DecayedCounts counts) {}

    /** What is accumulated over one window. */
    private final class Part {
        private final int tiles;
        /** By accumulation; null where no measure of this window needs it. */
        private final List<Accumulator> accumulators = new ArrayList<>();

        private final BoundMeasures measures;
        private final int[] stateStart;
        private final List<Fading> fading = new ArrayList<>();

        Part(int tiles, BoundMeasures measures) {
            this.tiles = tiles;
            this.measures = measures;
            List<Accumulator> all = measures.accumulators(new GroupRows());
            this.stateStart = new int[all.size() + 1];
            for (int i = 0; i < all.size(); i++) {
                accumulators.add(null);
                stateStart[i + 1] = stateStart[i] + all.get(i).stateColumns().size();
            }
        }

        void use(ResultPlan plan) {
            plan.parts().forEach(this::use);
            plan.measure().ifPresent(measure -> {
                if (accumulators.get(measure.accumulator()) == null) {
                    accumulators.set(measure.accumulator(), measures.accumulator(measure.accumulator(), rows));
                }
            });
        }

        void merge(Column[] states, int[] ages, int count) {
            grow(rows.groups());
            int[] held = new int[count];
            int size = 0;
            for (int row = 0; row < count; row++) {
                if (ages[row] < tiles) {
                    held[size++] = row;
                }
            }
            if (size == 0) {
                return;
            }
            Selection selection = size == count ? null : Selection.of(held, size);
            int[] heldGroups = selection == null ? groups : gather(groups, held, size);
            for (int i = 0; i < accumulators.size(); i++) {
                if (accumulators.get(i) != null) {
                    Column[] own = Arrays.copyOfRange(states, stateStart[i], stateStart[i + 1]);
                    accumulators.get(i).merge(heldGroups, size, selected(own, selection));
                }
            }
            for (Fading one : fading) {
                Column[] own = selected(new Column[] {states[one.column]}, selection);
                one.counts.merge(heldGroups, size, own[0], selection == null ? ages : gather(ages, held, size));
            }
        }

        void grow(int more) {
            accumulators.stream().filter(used -> used != null).forEach(used -> used.grow(more));
            fading.forEach(one -> one.counts.grow(more));
        }

        long bytes() {
            long bytes = 0;
            for (Accumulator used : accumulators) {
                bytes += used == null ? 0 : used.bytes();
            }
            for (Fading one : fading) {
                bytes += one.counts.bytes();
            }
            return bytes;
        }
    }

    private static int[] gather(int[] values, int[] places, int count) {
        int[] gathered = new int[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[places[i]];
        }
        return gathered;
    }

    private static Column[] selected(Column[] columns, Selection selection) {
        if (selection == null) {
            return columns;
        }
        Column[] selected = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            selected[i] = columns[i].select(selection);
        }
        return selected;
    }
}
