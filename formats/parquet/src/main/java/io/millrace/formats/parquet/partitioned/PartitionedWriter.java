package io.millrace.formats.parquet.partitioned;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ParquetOptions;
import java.io.IOException;
import java.util.List;

/**
 * Writes batches into Parquet files of about a wished size, one or more for each partition. Life cycle: {@link #write} any
 * number of times, {@link #finish} once, then {@link #close}. One thread.
 *
 * <p>At most 64 files are open at once, and together they hold about one row group on the heap.
 */
public final class PartitionedWriter implements AutoCloseable {
    private final OpenPartitions outputs;
    private final Partitioner partitioner;
    private final Schema dataSchema;

    /**
     * A user error where a partition column is unknown or cannot be a folder, or no column is left for the files.
     *
     * @param partitionBy outermost first; empty for one kind of files only
     * @param fileBytes a file ends when it has grown to about this
     */
    public PartitionedWriter(
            Schema schema,
            List<String> partitionBy,
            ParquetOptions options,
            long fileBytes,
            FileDestination destination) {
        this.partitioner = partitionBy.isEmpty() ? null : new Partitioner(schema, partitionBy);
        this.dataSchema = partitioner == null ? schema : partitioner.dataSchema();
        this.outputs = new OpenPartitions(dataSchema, options, fileBytes, destination);
    }

    /**
     * The columns inside the files: all but the partition columns. A user error where a partition column is unknown or
     * cannot be a folder, or no column is left.
     */
    public static Schema dataSchema(Schema schema, List<String> partitionBy) {
        return partitionBy.isEmpty() ? schema : new Partitioner(schema, partitionBy).dataSchema();
    }

    /** The columns inside the files. */
    public Schema dataSchema() {
        return dataSchema;
    }

    /** Appends all rows; those whose partition cannot be a folder's name are rejected. */
    public void write(Batch batch, Rejects rejects) throws IOException {
        if (partitioner == null) {
            outputs.write(Partition.NONE, batch);
        } else {
            partitioner.split(batch, rejects, outputs);
        }
    }

    /** Completes all files that are open; all files written, in the order of their ends. */
    public List<WrittenFile> finish() throws IOException {
        return outputs.finish();
    }

    /** How many files have been begun, complete or not. */
    public int filesBegun() {
        return outputs.begun();
    }

    /** Closes what is open; never throws. Idempotent. */
    @Override
    public void close() {
        outputs.close();
    }
}
