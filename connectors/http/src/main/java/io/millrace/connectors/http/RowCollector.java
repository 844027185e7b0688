package io.millrace.connectors.http;

import io.millrace.api.Rejects;
import io.millrace.api.UntimedRows;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Column;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Selection;
import io.millrace.formats.json.JsonDecoder;
import io.millrace.formats.json.JsonFailure;
import io.millrace.formats.json.JsonFields;
import io.millrace.formats.json.JsonLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes batches of records, with only the rows of a window. Rows outside of it are not the source's for this run and have no
 * number; rows without a time are in no window and count as left out on purpose. One thread.
 */
final class RowCollector {
    private final String splitId;
    private final BatchBuilder builder;
    private final JsonDecoder decoder;
    private final Optional<TimeFilter> filter;
    /** Of a record that is no row, its time: one outside of the window is not this run's to reject. */
    private final BatchBuilder time;

    private final Optional<JsonDecoder> timeDecoder;
    private final Rejects rejects;
    private final UntimedRows untimed;
    /** A later attempt at the same rows begins at the same one. */
    private final String part;

    private final List<Bad> bad = new ArrayList<>();
    private long ordinal;
    private long bytes;
    private long untimedRows;

    RowCollector(
            String splitId,
            JsonFields fields,
            JsonLimits limits,
            Optional<TimeFilter> filter,
            Rejects rejects,
            UntimedRows untimed,
            long firstOrdinal) {
        this.splitId = splitId;
        this.builder = new BatchBuilder(fields.schema());
        this.decoder = fields.decoder(builder, 0, limits);
        this.filter = filter;
        JsonFields timeField = new JsonFields(
                List.of(fields.columns().get(filter.map(TimeFilter::column).orElse(0))));
        this.time = new BatchBuilder(timeField.schema());
        this.timeDecoder = filter.map(window -> timeField.decoder(time, 0, limits));
        this.rejects = rejects;
        this.untimed = untimed;
        this.part = splitId + "@" + firstOrdinal;
        this.ordinal = firstOrdinal;
    }

    /** A record that is no row, and how many rows of the batch stand before it. */
    private record Bad(int before, JsonFailure failure) {}

    void add(byte[] record, int from, int size) {
        Optional<JsonFailure> failure = decoder.decode(record, from, size);
        if (failure.isPresent() && concerns(record, from, size)) {
            bad.add(new Bad(builder.rowCount(), failure.get()));
        }
        bytes += size;
    }

    /** False where a record that is no row has a time outside of the window. */
    private boolean concerns(byte[] record, int from, int size) {
        if (timeDecoder.isEmpty()
                || timeDecoder.get().decode(record, from, size).isPresent()) {
            return true;
        }
        Column times = time.build(null).column(0);
        return times.isNull(0) || filter.get().holds(times, 0);
    }

    /** Rows that wait for {@link #take}, before the window is applied. */
    int waiting() {
        return builder.rowCount();
    }

    /** The size of the records since the last {@link #take}. */
    long bytes() {
        return bytes;
    }

    /** The number of the next row, which is how many rows there have been. */
    long rows() {
        return ordinal;
    }

    /** The rows since the last call, if any is left; hands over the others. */
    Optional<Batch> take() {
        bytes = 0;
        int count = builder.rowCount();
        Batch all = builder.build(null);
        Column times = filter.map(window -> all.column(window.column())).orElse(null);
        int[] kept = new int[count];
        int[] ordinals = new int[count];
        int rows = 0;
        int nextBad = 0;
        int timeless = 0;
        long base = ordinal;
        for (int row = 0; row <= count; row++) {
            for (; nextBad < bad.size() && bad.get(nextBad).before() == row; nextBad++) {
                reject(bad.get(nextBad).failure());
            }
            if (row < count && times != null && times.isNull(row)) {
                ordinal++;
                timeless++;
            } else if (row < count && (times == null || filter.get().holds(times, row))) {
                kept[rows] = row;
                ordinals[rows] = (int) (ordinal - base);
                rows++;
                ordinal++;
            }
        }
        bad.clear();
        if (timeless > 0) {
            rejects.filtered(timeless);
            untimedRows += timeless;
            untimed.counted(part, untimedRows);
        }
        if (rows == 0) {
            return Optional.empty();
        }
        Batch chosen = all.select(Selection.of(kept, rows));
        return Optional.of(Batch.of(
                all.schema(), rows, chosen.columns(), Origin.of(splitId, base, Arrays.copyOf(ordinals, rows))));
    }

    private void reject(JsonFailure failure) {
        rejects.reject(splitId, ordinal, failure.column().orElse(null), failure.reason(), failure.rawValue());
        ordinal++;
    }
}
