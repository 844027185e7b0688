package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a table's partition in batches, counted. One thread. */
final class TaskRows implements CountedBatches {
    private static final int BATCH_ROWS = 8_192;

    private final Iterator<InternalRow> rows;
    private final RowBuilder builder;
    private final String split;
    private long extracted;

    TaskRows(Schema schema, int partition, Iterator<InternalRow> rows) {
        this.rows = rows;
        this.builder = new RowBuilder(schema, IntStream.range(0, schema.size()).toArray());
        this.split = "partition-" + partition;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Batch next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException();
        }
        while (rows.hasNext() && builder.rows() < BATCH_ROWS) {
            builder.append(rows.next());
        }
        Batch batch = builder.build(Origin.of(split, extracted));
        extracted += batch.rowCount();
        return batch;
    }

    @Override
    public Tally tally() {
        return new Tally(extracted, 0, 0, 0, 0, 0, 0, List.of());
    }
}
