package io.millrace.connectors.delta;

import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.millrace.api.MillraceException;
import io.millrace.formats.parquet.RowGroupRange;
import java.util.Map;
import java.util.Optional;

/**
 * A data file, or some of its row groups, to read.
 *
 * @param partition the partition columns' values as the log has them, by their stored names
 * @param deleted which rows are no more; null where all are there
 * @param fromGroup the first row group; null for all of them
 * @param toGroup behind the last
 */
record FilePart(
        String key, long bytes, Map<String, String> partition, Deleted deleted, Integer fromGroup, Integer toGroup) {
    /** A deletion vector, as the log refers to it. */
    record Deleted(String storage, String place, Integer offset, int bytes, long rows) {
        DeletionVectorDescriptor descriptor() {
            return new DeletionVectorDescriptor(storage, place, Optional.ofNullable(offset), bytes, rows);
        }
    }

    static FilePart of(AddFile file, String table) {
        String key = DataFile.key(file.getPath());
        if (key == null) {
            throw MillraceException.user("the Delta table " + table + " refers to " + file.getPath()
                    + ", which lies outside of it (a shallow clone does); read it with engine: spark");
        }
        Deleted deleted = file.getDeletionVector()
                .map(vector -> new Deleted(
                        vector.getStorageType(),
                        vector.getPathOrInlineDv(),
                        vector.getOffset().orElse(null),
                        vector.getSizeInBytes(),
                        vector.getCardinality()))
                .orElse(null);
        return new FilePart(key, file.getSize(), ActiveFiles.partition(file), deleted, null, null);
    }

    FilePart groups(int from, int to) {
        return new FilePart(key, bytes, partition, deleted, from, to);
    }

    Optional<RowGroupRange> groups() {
        return fromGroup == null ? Optional.empty() : Optional.of(new RowGroupRange(fromGroup, toGroup));
    }
}
