package io.millrace.core.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything in a pipeline's definition that touches rows, as sorted entries path → value, without secrets. Two runs of
 * one key belong together only if their definitions are equal.
 */
public record Definition(SortedMap<String, String> entries) {
    public Definition(Map<String, String> entries) {
        this(java.util.Collections.unmodifiableSortedMap(new TreeMap<>(entries)));
    }

    /** What a user would have to change to get from the other definition to this one, a line an entry. */
    public List<String> differenceFrom(Definition earlier) {
        List<String> lines = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>(earlier.entries);
        all.putAll(entries);
        for (String path : all.keySet()) {
            String before = earlier.entries.get(path);
            String now = entries.get(path);
            if (now == null) {
                lines.add(path + ": was " + before + ", now absent");
            } else if (before == null) {
                lines.add(path + ": was absent, now " + now);
            } else if (!now.equals(before)) {
                lines.add(path + ": was " + before + ", now " + now);
            }
        }
        return lines;
    }
}
