package io.millrace.connectors.http;

import io.millrace.api.BatchReader;
import io.millrace.api.data.Batch;
import io.millrace.formats.json.JsonPage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The records of an API, page after page. Pages are kept whole where they fit, so that reading can go on behind one. */
final class HttpBatchReader implements BatchReader {
    /** Wide rows make smaller batches, so that memory stays bounded. */
    private static final long BATCH_BYTES = 32L << 20;
    /** Slow pages make smaller batches, so that their rows are seen early and not lost with the process. */
    private static final Duration BATCH_TIME = Duration.ofSeconds(5);

    private final Api api;
    private final Pager pager;
    private final URI first;
    private final Stop stop;
    private final Budget budget;
    private final RowCollector rows;
    private final int batchRows;
    /** Rows of the split that other readers have read. */
    private final long rowsBefore;
    /** The page to ask for, where there is one. */
    private Optional<String> next;

    private boolean ended;
    /** The page that is being decoded, and from which record on; null between two pages. */
    private Api.Fetched page;

    private int record;
    private int usual;
    /** How far reading had come before the page. */
    private Progress before;

    HttpBatchReader(
            Api api,
            Pager pager,
            URI first,
            Stop stop,
            Budget budget,
            RowCollector rows,
            Progress from,
            int batchRows) {
        this.api = api;
        this.pager = pager;
        this.first = first;
        this.stop = stop;
        this.budget = budget;
        this.rows = rows;
        this.next = from.next();
        this.rowsBefore = from.rows();
        this.batchRows = batchRows;
    }

    @Override
    public Batch next() {
        long due = System.nanoTime() + BATCH_TIME.toNanos();
        while (page != null || !ended) {
            if (isFull(due)) {
                Optional<Batch> batch = rows.take();
                if (batch.isPresent()) {
                    return batch.get();
                }
                due = System.nanoTime() + BATCH_TIME.toNanos();
            }
            if (page == null) {
                fetch();
            } else {
                decode();
            }
        }
        return rows.take().orElse(null);
    }

    /** True where the rows that wait should go before anything else is read. */
    private boolean isFull(long due) {
        int waiting = rows.waiting();
        if (waiting >= batchRows || rows.bytes() >= BATCH_BYTES) {
            return true;
        }
        if (page == null) {
            return waiting > 0 && (waiting + usual > batchRows || System.nanoTime() - due >= 0);
        }
        return record == 0 && waiting > 0 && waiting + usual > batchRows;
    }

    private void fetch() {
        stop.check();
        before = progress();
        page = api.page(pager, first, next, stop, budget);
        record = 0;
        usual = page.answer().page().recordCount();
        next = page.next();
        ended = next.isEmpty();
    }

    /** Decodes as much of the page as the batch takes. */
    private void decode() {
        JsonPage records = page.answer().page();
        while (record < records.recordCount() && rows.waiting() < batchRows && rows.bytes() < BATCH_BYTES) {
            rows.add(page.answer().body(), records.start(record), records.size(record));
            record++;
        }
        if (record == records.recordCount()) {
            page = null;
        }
    }

    @Override
    public long rowsRead() {
        return rows.rows() - rowsBefore;
    }

    private Progress progress() {
        return new Progress(next, budget.pages(), budget.bytes(), budget.spent(), rows.rows());
    }

    @Override
    public Optional<String> resumePoint() {
        if (page != null && record == 0) {
            Progress point = new Progress(before.next(), before.pages(), before.bytes(), budget.spent(), rows.rows());
            return Optional.of(point.toString());
        }
        return page == null && !ended ? Optional.of(progress().toString()) : Optional.empty();
    }

    @Override
    public void close() {
        stop.close();
    }
}
