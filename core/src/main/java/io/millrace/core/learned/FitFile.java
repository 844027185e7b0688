package io.millrace.core.learned;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code millrace fit} has learned for one rule, or for several that share it. Kept as JSON, see
 * {@link FitFileFormat}. Immutable.
 *
 * @param kind of the rule, such as {@code z_score}
 * @param columns whose values it was learned from
 * @param learnedWith the settings that decide what is learned, as text
 */
public record FitFile(
        String kind,
        List<String> columns,
        Map<String, String> learnedWith,
        Learned learned,
        Statistics statistics,
        Provenance provenance) {
    public FitFile {
        columns = List.copyOf(columns);
        learnedWith = Collections.unmodifiableMap(new TreeMap<>(learnedWith));
    }
}
