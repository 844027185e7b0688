package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.key.RowSort;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Lift;
import io.millrace.core.keyed.Walk;
import io.millrace.core.measure.PartialRowBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A keyed step that goes along the rows of each key in order: rows wait until the watermark and the allowed lateness have
 * passed them. What comes later than that is late. A key is forgotten when the horizon has passed since its latest row.
 */
final class OrderedRows implements KeyedTask {
    private final String label;
    private final Walk walk;
    private final PartialRowBytes bytes;
    private final RowKeys keys;
    private final int time;
    private final long lateness;
    private final long horizon;
    private final KeyedStore store;
    private final StreamClock clock;
    private final Lift lift;

    /** @param clock the watermark, less what may come late */
    OrderedRows(
            String label,
            Schema input,
            BoundKeyedStep step,
            Duration lateness,
            Duration horizon,
            KeyedStore store,
            StreamClock clock) {
        this.label = label;
        this.walk = step.walk().orElseThrow();
        this.bytes = new PartialRowBytes(input);
        this.keys = new RowKeys(input, walk.by());
        this.time = input.require(walk.time());
        this.lateness = lateness.toNanos() / 1_000;
        this.horizon = horizon.toNanos() / 1_000;
        this.store = store;
        this.clock = clock;
        this.lift = step.lift();
    }

    @Override
    public void add(Batch rows, OpenPiece piece, Consumer<Batch> onward) {
        Rejects rejects = piece.rejects().at(label);
        lift.add(rows, timed -> hold(timed, piece, rejects), rejects);
    }

    /** Rows of one key, which are put into the state together. */
    private static final class Arrived {
        final int bucket;
        final List<byte[]> rows = new ArrayList<>();
        long earliest = Long.MAX_VALUE;

        Arrived(int bucket) {
            this.bucket = bucket;
        }
    }

    private void hold(Batch rows, OpenPiece piece, Rejects rejects) {
        long now = clock.now();
        LongColumn times = (LongColumn) rows.column(time);
        Map<String, Arrived> arrived = new LinkedHashMap<>();
        int late = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            long at = times.get(row);
            if (at < now) {
                rejects.reject(rows, row, walk.time(), OpenPiece.LATE);
                late++;
            } else {
                int bucket = keys.at(rows, row).bucket();
                Arrived key = arrived.computeIfAbsent(keys.key(), first -> new Arrived(bucket));
                key.rows.add(bytes.write(rows, row));
                key.earliest = Math.min(key.earliest, at);
            }
        }
        piece.late(late);
        piece.waits(rows.rowCount() - late);
        arrived.forEach(this::put);
    }

    private void put(String key, Arrived arrived) {
        store.turnTo(arrived.bucket);
        byte[] known = store.get(key);
        WalkEntry before =
                known == null ? new WalkEntry(Long.MAX_VALUE, Long.MIN_VALUE, null, List.of()) : WalkEntry.of(known);
        List<byte[]> rows = new ArrayList<>(before.rows());
        rows.addAll(arrived.rows);
        // A row is passed when the clock is behind it.
        long due = Math.min(before.due(), arrived.earliest + 1);
        store.put(key, new WalkEntry(due, before.latest(), before.place(), rows).toBytes());
        if (due < before.due()) {
            remind(key, due);
        }
    }

    /** At that very watermark: a step behind this one would take for late what goes on any later. */
    private void remind(String key, long due) {
        store.remind(key, StreamClock.millis(due + lateness));
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void due(int bucket, long millis, OpenPiece piece, Consumer<Batch> onward) {
        store.turnTo(bucket);
        for (String key : store.reminded(millis)) {
            byte[] entry = store.get(key);
            if (entry != null) {
                WalkEntry known = WalkEntry.of(entry);
                // It may have been looked at meanwhile, for another reminder.
                if (known.due() <= clock.now()) {
                    goOn(bucket, key, known, piece, onward);
                }
            }
        }
    }

    private void goOn(int bucket, String key, WalkEntry known, OpenPiece piece, Consumer<Batch> onward) {
        long now = clock.now();
        Batch rows = bytes.read(known.rows());
        LongColumn times = (LongColumn) rows.column(time);
        int[] passed = new int[rows.rowCount()];
        int count = 0;
        long latest = known.latest();
        long due = Long.MAX_VALUE;
        List<byte[]> waiting = new ArrayList<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            long at = times.get(row);
            if (at < now) {
                passed[count++] = row;
                latest = Math.max(latest, at);
            } else {
                waiting.add(known.rows().get(row));
                due = Math.min(due, at + 1);
            }
        }
        byte[] place = known.place();
        if (count > 0) {
            place = walk(rows, Arrays.copyOf(passed, count), known, onward);
            piece.waits(-count);
            // What stands behind may have turned to another bucket.
            store.turnTo(bucket);
        }
        if (waiting.isEmpty() && now - latest > horizon) {
            store.remove(key);
            return;
        }
        if (latest != Long.MIN_VALUE) {
            due = Math.min(due, Math.max(latest + horizon, now) + 1);
        }
        store.put(key, new WalkEntry(due, latest, place, waiting).toBytes());
        remind(key, due);
    }

    /** Goes along rows, and begins anew where the horizon passes without one. */
    private byte[] walk(Batch rows, int[] passed, WalkEntry known, Consumer<Batch> onward) {
        LongColumn times = (LongColumn) rows.column(time);
        RowSort.sort(passed, (one, other) -> Long.compare(times.get(one), times.get(other)));
        byte[] place = known.place();
        long previous = known.latest();
        for (int from = 0, to = 0; from < passed.length; from = to) {
            place = times.get(passed[from]) - previous > horizon ? null : place;
            do {
                previous = times.get(passed[to++]);
            } while (to < passed.length && times.get(passed[to]) - previous <= horizon);
            Batch part = rows.select(Selection.of(Arrays.copyOfRange(passed, from, to), to - from));
            Walk.Step step = walk.next(part, place);
            place = step.after();
            onward.accept(step.results());
        }
        return place;
    }
}
