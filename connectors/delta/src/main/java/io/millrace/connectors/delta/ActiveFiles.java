package io.millrace.connectors.delta;

import io.delta.kernel.ScanBuilder;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The data files that a version of a table consists of. */
final class ActiveFiles {
    private ActiveFiles() {}

    /** All files, or those that may hold rows for which the predicate is true. */
    static void forEach(TableFiles files, Snapshot table, Optional<Predicate> predicate, Consumer<AddFile> action) {
        ScanBuilder builder = table.getScanBuilder();
        if (predicate.isPresent()) {
            builder = builder.withFilter(predicate.get());
        }
        ScanImpl scan = (ScanImpl) builder.build();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(files.engine(), true)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        action.accept(new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<AddFile> of(TableFiles files, Snapshot table) {
        List<AddFile> all = new ArrayList<>();
        forEach(files, table, Optional.empty(), all::add);
        return all;
    }

    static Map<String, String> partition(AddFile file) {
        return VectorUtils.toJavaMap(file.getPartitionValues());
    }

    /** The action that takes a file out of the table. */
    static Row removeAction(AddFile file) {
        return SingleAction.createRemoveFileSingleAction(
                file.toRemoveFileRow(true, Optional.of(System.currentTimeMillis())));
    }
}
