package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
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
        try (FileScan scan = FileScan.of(files, table, predicate)) {
            scan.forEachRemaining(action);
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
