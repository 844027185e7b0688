package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rules that need a vocabulary have in common. */
final class VocabularySettings {
    private VocabularySettings() {}

    /** Refuses settings that contradict each other. */
    static void check(List<Object> values, Optional<String> fit, int minCount, int maxSize, int most) {
        Parameters.requireOneOf("values", !values.isEmpty(), fit);
        if (minCount < 1) {
            throw new InvalidSetting("min_count", "must be at least 1");
        }
        if (maxSize < 1 || maxSize > most) {
            throw new InvalidSetting("max_size", "must be from 1 to " + most);
        }
        if (values.size() > most) {
            throw new InvalidSetting("values", "must be at most " + most);
        }
        try {
            Vocabulary.of(values);
        } catch (IllegalArgumentException refused) {
            throw new InvalidSetting("values", refused.getMessage());
        }
    }

    static Optional<Learned> given(List<Object> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Learned.of(Vocabulary.of(values)));
    }

    static Map<String, String> learnedWith(int minCount, int maxSize) {
        return Map.of("min_count", String.valueOf(minCount), "max_size", String.valueOf(maxSize));
    }
}
