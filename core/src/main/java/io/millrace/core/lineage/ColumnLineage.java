package io.millrace.core.lineage;

import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the columns of a result come from, over all steps up to it. Immutable.
 *
 * <p>The promise: where neither {@link #of} a column nor {@link #rows} names a source column, other values in that one change
 * nothing in the column, as a multiset of values. The reverse is not promised: a dependency may never show.
 */
public final class ColumnLineage {
    private final List<String> steps;
    private final Map<String, SortedMap<Key, Set<String>>> columns;
    private final SortedMap<Key, Set<String>> rows;

    private record Key(Part part, Origin origin) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int parts = part.compareTo(other.part);
            return parts == 0 ? origin.compareTo(other.origin) : parts;
        }
    }

    private ColumnLineage(
            List<String> steps, Map<String, SortedMap<Key, Set<String>>> columns, SortedMap<Key, Set<String>> rows) {
        this.steps = steps;
        this.columns = columns;
        this.rows = rows;
    }

    /** Of what a source yields: each column is itself. */
    public static ColumnLineage of(Schema source) {
        Map<String, SortedMap<Key, Set<String>>> columns = new LinkedHashMap<>();
        for (String name : source.names()) {
            SortedMap<Key, Set<String>> own = new TreeMap<>();
            own.put(new Key(Part.IDENTITY, new Origin.Input(name)), Set.of());
            columns.put(name, own);
        }
        return new ColumnLineage(List.of(), columns, new TreeMap<>());
    }

    /** That of the output of a further step. */
    public ColumnLineage then(String label, StepLineage step) {
        Map<String, SortedMap<Key, Set<String>>> after = new LinkedHashMap<>();
        step.columns().forEach((name, uses) -> after.put(name, through(label, uses)));
        SortedMap<Key, Set<String>> allRows = new TreeMap<>();
        rows.forEach((key, by) -> add(allRows, key, by));
        through(label, step.rows()).forEach((key, by) -> add(allRows, key, by));
        List<String> labels = new ArrayList<>(this.steps);
        labels.add(label);
        return new ColumnLineage(labels, after, allRows);
    }

    /** What these uses of a step come to with what is known of its input. */
    private SortedMap<Key, Set<String>> through(String label, Set<StepLineage.Use> uses) {
        SortedMap<Key, Set<String>> found = new TreeMap<>();
        for (StepLineage.Use use : uses) {
            Set<String> here = use.part() == Part.IDENTITY ? Set.of() : Set.of(label);
            if (use.origin() instanceof Origin.LookedUp) {
                add(found, new Key(use.part(), use.origin()), Set.of(label));
                continue;
            }
            columns.getOrDefault(use.origin().column(), Collections.emptySortedMap())
                    .forEach((key, by) -> {
                        Key reached = new Key(use.part().after(key.part()), key.origin());
                        add(
                                found,
                                reached,
                                reached.part().direct() || !use.part().direct() ? union(by, here) : by);
                    });
        }
        return found;
    }

    private static void add(SortedMap<Key, Set<String>> into, Key key, Set<String> by) {
        into.merge(key, by, ColumnLineage::union);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** The result's columns, in order. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** What has a part in a column of the result, besides what decides about {@link #rows}; the most direct first. */
    public List<Dependency> of(String column) {
        SortedMap<Key, Set<String>> found = columns.get(column);
        if (found == null) {
            throw new IllegalArgumentException("there is no column '" + column + "'");
        }
        return dependencies(found);
    }

    /** What has a part in which rows there are, and so in every column. */
    public List<Dependency> rows() {
        return dependencies(rows);
    }

    /** Everything that has a part in a column. */
    public Set<Origin> origins(String column) {
        Set<Origin> origins = new LinkedHashSet<>();
        of(column).forEach(dependency -> origins.add(dependency.origin()));
        rows().forEach(dependency -> origins.add(dependency.origin()));
        return origins;
    }

    private List<Dependency> dependencies(SortedMap<Key, Set<String>> found) {
        List<Dependency> dependencies = new ArrayList<>();
        found.forEach((key, by) -> dependencies.add(new Dependency(
                key.origin(), key.part(), steps.stream().filter(by::contains).toList())));
        return dependencies;
    }
}
