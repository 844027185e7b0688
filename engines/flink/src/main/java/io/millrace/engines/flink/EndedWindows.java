package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Windows;
import io.millrace.core.measure.PartialRowBytes;
import io.millrace.core.reject.RejectWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finishes the windows of some keys at a point in event time: results of those that have ended go on, and of the others
 * nothing is said yet; their partial rows stay. One thread, used once.
 */
final class EndedWindows {
    private static final int BATCH_ROWS = 8_192;
    private static final long MEMORY = 256L << 20;

    private final BoundKeyedStep step;
    private final Windows windows;
    private final Map<String, WindowEntry> keys;
    private final long now;
    private final RowKeys inResults;
    private final int start;
    private final int end;
    /** By key, of the windows that have not ended: when the first begins, and when the first ends. */
    private final Map<String, long[]> open = new HashMap<>();

    EndedWindows(BoundKeyedStep step, Windows windows, Map<String, WindowEntry> keys, long now) {
        this.step = step;
        this.windows = windows;
        this.keys = keys;
        this.now = now;
        this.inResults = new RowKeys(step.output(), windows.by());
        this.start = step.output().require(Windows.START);
        this.end = step.output().require(Windows.END);
    }

    /**
     * Gives out the results.
     *
     * @param left takes each key with what is to be kept of it, null for nothing
     */
    void giveOut(String label, OpenPiece piece, Consumer<Batch> onward, BiConsumer<String, WindowEntry> left) {
        List<byte[]> all = new ArrayList<>();
        keys.values().forEach(entry -> all.addAll(entry.parts()));
        PartialRowBytes bytes = new PartialRowBytes(step.partial());
        Batch partials = bytes.read(all);
        Fold fold = step.fold(MEMORY);
        fold.add(partials);
        piece.groups(() -> {
            Rejects rejects = new OfEnded(piece.rejects(), label, piece);
            Iterator<Batch> results = fold.finish(BATCH_ROWS, rejects);
            while (results.hasNext()) {
                Batch ended = ended(results.next());
                if (ended.rowCount() > 0) {
                    piece.made(ended.rowCount());
                    onward.accept(ended);
                }
            }
        });
        long[] starts = windows.starts(partials);
        int at = 0;
        for (Map.Entry<String, WindowEntry> key : keys.entrySet()) {
            List<byte[]> parts = key.getValue().parts();
            left.accept(key.getKey(), left(open.get(key.getKey()), parts, starts, at));
            at += parts.size();
        }
    }

    private WindowEntry left(long[] stillOpen, List<byte[]> parts, long[] starts, int at) {
        if (stillOpen == null) {
            return null;
        }
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (starts[at + i] >= stillOpen[0]) {
                kept.add(parts.get(i));
            }
        }
        return new WindowEntry(stillOpen[1], now, kept);
    }

    private Batch ended(Batch results) {
        int[] chosen = new int[results.rowCount()];
        int count = 0;
        for (int row = 0; row < chosen.length; row++) {
            if (hasEnded(results, row)) {
                chosen[count++] = row;
            }
        }
        return count == chosen.length ? results : results.select(Selection.of(chosen, count));
    }

    /** Whether a result is to be given out now; one that is to come later is noted. */
    private boolean hasEnded(Batch results, int row) {
        long ends = ((LongColumn) results.column(end)).get(row);
        String key = inResults.at(results, row).key();
        if (ends <= now) {
            // Windows that overlap share partial rows: those that ended earlier come out of them again.
            return ends > keys.get(key).closed();
        }
        long begins = ((LongColumn) results.column(start)).get(row);
        long[] first = open.computeIfAbsent(key, none -> new long[] {begins, ends});
        first[0] = Math.min(first[0], begins);
        first[1] = Math.min(first[1], ends);
        return false;
    }

    /** Rejects groups without a result, each when its window has ended. */
    private final class OfEnded implements Rejects {
        private final RejectWriter rejects;
        private final String label;
        private final OpenPiece piece;

        OfEnded(RejectWriter rejects, String label, OpenPiece piece) {
            this.rejects = rejects;
            this.label = label;
            this.piece = piece;
        }

        @Override
        public void reject(Batch results, int row, String column, String reason) {
            if (hasEnded(results, row)) {
                piece.made(1);
                rejects.at(label).reject(results, row, column, reason);
            }
        }

        @Override
        public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
            throw new IllegalStateException("a group comes from no split: " + reason);
        }

        @Override
        public void filtered(int rows) {
            rejects.filtered(rows);
        }

        @Override
        public void deduplicated(int rows) {
            rejects.deduplicated(rows);
        }
    }
}
