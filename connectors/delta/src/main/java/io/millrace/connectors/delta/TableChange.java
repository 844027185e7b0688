package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a commit does to a table. Asked anew, on the newest version, whenever another writer was faster. */
@FunctionalInterface
interface TableChange {
    /** @param added the run's own files */
    List<Row> actions(Snapshot table, List<DataFile> added);

    static TableChange append() {
        return (table, added) -> added.stream().map(DataFile::addAction).toList();
    }

    static TableChange overwrite(TableFiles files) {
        return (table, added) -> replaced(files, table, added, partition -> true);
    }

    /** What others have added to these partitions meanwhile is replaced too, as if they had come before. */
    static TableChange overwritePartitions(TableFiles files) {
        return (table, added) -> {
            Set<Map<String, String>> partitions =
                    added.stream().map(DataFile::partition).collect(Collectors.toSet());
            return replaced(files, table, added, partitions::contains);
        };
    }

    private static List<Row> replaced(
            TableFiles files, Snapshot table, List<DataFile> added, Predicate<Map<String, String>> partitions) {
        List<Row> actions = new ArrayList<>();
        ActiveFiles.of(files, table).stream()
                .filter(file -> partitions.test(ActiveFiles.partition(file)))
                .forEach(file -> actions.add(ActiveFiles.removeAction(file)));
        added.forEach(file -> actions.add(file.addAction()));
        return actions;
    }
}
