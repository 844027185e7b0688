package io.millrace.core.learned;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of a rule.
 *
 * @param numbers by name, such as {@code mean}
 * @param edges of buckets, ascending; empty for other kinds
 */
public record Learned(Map<String, Double> numbers, List<Double> edges, Optional<Vocabulary> vocabulary) {
    public Learned {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        edges = List.copyOf(edges);
    }

    public static Learned ofNumbers(Map<String, Double> numbers) {
        return new Learned(numbers, List.of(), Optional.empty());
    }

    public static Learned ofEdges(List<Double> edges) {
        return new Learned(Map.of(), edges, Optional.empty());
    }

    public static Learned of(Vocabulary vocabulary) {
        return new Learned(Map.of(), List.of(), Optional.of(vocabulary));
    }
}
