package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Lift;
import io.millrace.core.keyed.Windows;
import io.millrace.core.measure.PartialRowBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The partial rows of keys in the state, combined with those that come. One thread. */
final class WindowParts {
    private final Windows windows;
    private final PartialRowBytes bytes;
    private final RowKeys keys;
    private final KeyedStore store;
    private final long lateness;

    WindowParts(BoundKeyedStep step, Windows windows, Duration lateness, KeyedStore store) {
        this.windows = windows;
        this.bytes = new PartialRowBytes(step.partial());
        this.keys = new RowKeys(step.partial(), windows.by());
        this.lateness = lateness.toNanos() / 1_000;
        this.store = store;
    }

    /** A key with partial rows that are to be written together. */
    private static final class Changed {
        final int bucket;
        final WindowEntry known;
        final List<byte[]> parts = new ArrayList<>();
        long due;

        Changed(int bucket, WindowEntry known) {
            this.bucket = bucket;
            this.known = known;
            this.due = known == null ? Long.MAX_VALUE : known.due();
        }
    }

    /** Adds partial rows to those of their keys. */
    void add(Batch partials) {
        Map<String, Changed> changed = new HashMap<>();
        long[] ends = windows.firstEnds(partials);
        List<byte[]> known = new ArrayList<>();
        for (int row = 0; row < ends.length; row++) {
            int bucket = keys.at(partials, row).bucket();
            String key = keys.key();
            Changed one = changed.get(key);
            if (one == null) {
                one = new Changed(bucket, read(bucket, key));
                changed.put(key, one);
                if (one.known != null) {
                    known.addAll(one.known.parts());
                }
            }
            one.due = Math.min(one.due, ends[row]);
        }
        Lift combining = windows.combining();
        // What is combined is only given out at the flush, and nothing in it can be refused.
        if (!known.isEmpty()) {
            combining.add(bytes.read(known), combined -> distribute(combined, changed), null);
        }
        combining.add(partials, combined -> distribute(combined, changed), null);
        combining.flush(combined -> distribute(combined, changed));
        changed.forEach(this::write);
    }

    private WindowEntry read(int bucket, String key) {
        store.turnTo(bucket);
        byte[] entry = store.get(key);
        return entry == null ? null : WindowEntry.of(entry);
    }

    private void distribute(Batch combined, Map<String, Changed> changed) {
        for (int row = 0; row < combined.rowCount(); row++) {
            changed.get(keys.at(combined, row).key()).parts.add(bytes.write(combined, row));
        }
    }

    private void write(String key, Changed changed) {
        store.turnTo(changed.bucket);
        long closed = changed.known == null ? Long.MIN_VALUE : changed.known.closed();
        store.put(key, new WindowEntry(changed.due, closed, changed.parts).toBytes());
        if (changed.known == null || changed.due < changed.known.due()) {
            remind(key, changed.due);
        }
    }

    /** Puts in place what is left of a key of the bucket that the store is turned to; null where nothing is. */
    void replace(String key, WindowEntry left) {
        if (left == null) {
            store.remove(key);
        } else {
            store.put(key, left.toBytes());
            remind(key, left.due());
        }
    }

    private void remind(String key, long due) {
        store.remind(key, StreamClock.wholeSeconds(StreamClock.millis(due + lateness)));
    }
}
