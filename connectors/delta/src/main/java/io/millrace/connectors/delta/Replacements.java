package io.millrace.connectors.delta;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The replacements that need to read no row. */
final class Replacements {
    private Replacements() {}

    static Replacement none() {
        return (table, added) -> List.of();
    }

    static Replacement all(TableFiles files) {
        return (table, added) -> ActiveFiles.of(files, table).stream()
                .map(ActiveFiles::removeAction)
                .toList();
    }

    static Replacement partitions(TableFiles files) {
        return (table, added) -> {
            Set<Map<String, String>> replaced =
                    added.stream().map(DataFile::partition).collect(Collectors.toSet());
            return ActiveFiles.of(files, table).stream()
                    .filter(file -> replaced.contains(ActiveFiles.partition(file)))
                    .map(ActiveFiles::removeAction)
                    .toList();
        };
    }
}
