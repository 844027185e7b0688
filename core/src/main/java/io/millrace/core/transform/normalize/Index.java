package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.ValueLearner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers the values of a frozen vocabulary, for embedding tables. 0 is left for padding. */
public record Index(
        @Setting(value = "The vocabulary, in order.", example = "[view, click, purchase]") List<Object> values,
        @Setting(
                        value =
                                "The file with the vocabulary as learned by millrace fit, relative to the pipeline file.",
                        example = "state/category.json")
                Optional<String> fit,
        @Setting(value = "With fit: rarer values do not enter the vocabulary.", defaultValue = "1", example = "5")
                int minCount,
        @Setting(value = "With fit: the most values of the vocabulary.", defaultValue = "1000000", example = "50000")
                int maxSize,
        @Setting(
                        value =
                                "What a value outside of the vocabulary becomes: an index, reject or set_null. Absent: see"
                                        + " oov_buckets.",
                        example = "0")
                Optional<Object> unknown,
        @Setting(
                        value =
                                "How many indices, from 1 on, values outside of the vocabulary share by their hash; absent:"
                                        + " 1, or 0 with unknown.",
                        example = "10")
                Optional<Integer> oovBuckets)
        implements Rule {
    private static final int MOST_BUCKETS = 1_000_000;
    private static final int LOWEST = -1_000_000;

    public Index {
        values = List.copyOf(values);
        VocabularySettings.check(values, fit, minCount, maxSize, 5_000_000);
        if (oovBuckets.isPresent() && (oovBuckets.get() < 0 || oovBuckets.get() > MOST_BUCKETS)) {
            throw new InvalidSetting("oov_buckets", "must be from 0 to " + MOST_BUCKETS);
        }
        if (unknown.isPresent() && oovBuckets.isPresent() && oovBuckets.get() > 0) {
            throw new InvalidSetting("unknown", "does not go with oov_buckets; remove one of them");
        }
        if (unknown.isEmpty() && oovBuckets.isPresent() && oovBuckets.get() == 0) {
            throw new InvalidSetting("oov_buckets", "is 0, so  unknown  must say what a value outside becomes");
        }
        unknown.ifPresent(Unknown::of);
    }

    /** What becomes of a value outside of the vocabulary. */
    enum Unknown {
        INDEX,
        BUCKETS,
        REJECT,
        SET_NULL;

        static Unknown of(Object value) {
            if ((value instanceof Long || value instanceof Integer)
                    && ((Number) value).longValue() >= LOWEST
                    && ((Number) value).longValue() <= Integer.MAX_VALUE) {
                return INDEX;
            }
            if ("reject".equals(value) || "set_null".equals(value)) {
                return "reject".equals(value) ? REJECT : SET_NULL;
            }
            throw new InvalidSetting("unknown", "must be an index such as 0, or reject, or set_null");
        }
    }

    @Override
    public String kind() {
        return "index";
    }

    @Override
    public Optional<Learned> given() {
        return VocabularySettings.given(values);
    }

    @Override
    public Map<String, String> learnedWith() {
        return VocabularySettings.learnedWith(minCount, maxSize);
    }

    @Override
    public Learner learner(DataType type) {
        return new ValueLearner(type, kind(), minCount, maxSize);
    }

    @Override
    public Learned learn(Learner learner) {
        return Parameters.vocabulary(learner);
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        int buckets = unknown.isPresent() ? 0 : oovBuckets.orElse(1);
        Unknown what = unknown.map(Unknown::of).orElse(Unknown.BUCKETS);
        return new IndexKernel(
                input,
                name,
                parameters.vocabulary().orElseThrow(),
                what,
                what == Unknown.INDEX ? ((Number) unknown.get()).intValue() : buckets);
    }
}
