package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.util.List;
import java.util.Optional;

/** What is done to one column: exactly one kind of rule. */
public record ColumnRule(
        @Setting(value = "A range of numbers to another one.", example = "{min: 0, max: 5}") Optional<MinMax> minMax,
        @Setting(value = "Centered at the mean, in standard deviations.", example = "{fit: state/price.json}")
                Optional<ZScore> zScore,
        @Setting(value = "Centered at the median, in interquartile ranges.", example = "{fit: state/price.json}")
                Optional<Robust> robust,
        @Setting(value = "The natural logarithm of 1 + x.", example = "{}") Optional<Log1p> log1p,
        @Setting(value = "Another unit.", example = "{factor: 0.01}") Optional<Scale> scale,
        @Setting(value = "Moved into a range.", example = "{min: 0, max: 100}") Optional<Clip> clip,
        @Setting(value = "The number of the range that it is in.", example = "{edges: [0, 10, 100]}")
                Optional<Bucket> bucket,
        @Setting(value = "A vector with a one for the value.", example = "{values: [view, click, purchase]}")
                Optional<OneHot> oneHot,
        @Setting(value = "A vector with a one for each value of a list.", example = "{values: [comedy, drama]}")
                Optional<MultiHot> multiHot,
        @Setting(value = "The place in a vocabulary.", example = "{fit: state/category.json, unknown: 0}")
                Optional<Index> index,
        @Setting(value = "A place by hash, without a vocabulary.", example = "{buckets: 100000}") Optional<Hash> hash,
        @Setting(value = "Unicode's normal forms and case folding.", example = "{form: nfkc, fold_case: true}")
                Optional<Text> text,
        @Setting(
                        value = "A new column for the result; absent: it takes the place of the column.",
                        example = "category_index")
                Optional<String> as) {
    public ColumnRule {
        List<Rule> rules =
                given(List.of(minMax, zScore, robust, log1p, scale, clip, bucket, oneHot, multiHot, index, hash, text));
        if (rules.size() != 1) {
            throw new IllegalArgumentException(
                    rules.isEmpty()
                            ? "names no kind of rule, such as min_max, z_score or index"
                            : "must have one kind of rule, but has "
                                    + rules.get(0).kind() + " and "
                                    + rules.get(1).kind() + "; put the second into another step normalize");
        }
        as.filter(String::isBlank).ifPresent(blank -> {
            throw new InvalidSetting("as", "must name a column");
        });
    }

    private static List<Rule> given(List<Optional<? extends Rule>> rules) {
        return rules.stream().<Rule>flatMap(Optional::stream).toList();
    }

    /** The rule. */
    Rule rule() {
        return given(List.of(minMax, zScore, robust, log1p, scale, clip, bucket, oneHot, multiHot, index, hash, text))
                .get(0);
    }
}
