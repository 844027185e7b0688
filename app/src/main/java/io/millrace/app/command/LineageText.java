package io.millrace.app.command;

import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.lineage.Dependency;
import io.millrace.core.lineage.Part;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Column lineage for people. */
final class LineageText {
    private LineageText() {}

    /** A line for each column, then what decides about rows. */
    static void print(ColumnLineage lineage, PrintStream out) {
        out.println("lineage");
        int width = lineage.columns().stream().mapToInt(String::length).max().orElse(0);
        for (String column : lineage.columns()) {
            List<Dependency> all = lineage.of(column);
            String others = indirect(all.stream()
                    .filter(dependency -> !dependency.part().direct())
                    .toList());
            out.println("  " + column + " ".repeat(width - column.length()) + "  from " + direct(all)
                    + (others.isEmpty() ? "" : "; " + others));
        }
        out.println("  which rows there are: " + (lineage.rows().isEmpty() ? "all" : indirect(lineage.rows())));
    }

    private static String direct(List<Dependency> all) {
        String found = all.stream()
                .filter(dependency -> dependency.part().direct())
                .map(dependency -> dependency.origin() + steps(dependency.steps()))
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "rows" : found;
    }

    /** "filter: a, b (filter); key: c (deduplicate)". */
    private static String indirect(List<Dependency> all) {
        Map<Part, Map<List<String>, String>> parts = new LinkedHashMap<>();
        for (Dependency dependency : all) {
            parts.computeIfAbsent(dependency.part(), part -> new LinkedHashMap<>())
                    .merge(dependency.steps(), dependency.origin().toString(), (one, other) -> one + ", " + other);
        }
        return parts.entrySet().stream()
                .map(part -> word(part.getKey()) + ": "
                        + part.getValue().entrySet().stream()
                                .map(origins -> origins.getValue() + steps(origins.getKey()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    static String word(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static String steps(List<String> steps) {
        return steps.isEmpty() ? "" : " (" + String.join(", ", steps) + ")";
    }
}
