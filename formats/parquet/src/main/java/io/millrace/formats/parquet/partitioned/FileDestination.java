package io.millrace.formats.parquet.partitioned;

import io.millrace.formats.parquet.ByteSink;
import java.io.IOException;

/** Where a {@link PartitionedWriter} puts its files: staging folders, tables, uploads. Called by the writer's thread. */
@FunctionalInterface
public interface FileDestination {
    /**
     * Begins a file, which becomes the writer's to complete and close.
     *
     * @param number counts the writer's files from 0, whatever their partitions
     */
    ByteSink create(Partition partition, int number) throws IOException;
}
