package io.millrace.core.transform.normalize;

import io.millrace.api.Setting;
import java.util.List;
import java.util.Optional;

/** A one in the position of the value, zeros elsewhere. */
public record OneHot(
        @Setting(value = "The vocabulary, in the order of the positions.", example = "[view, click, purchase]")
                List<Object> values,
        @Setting(
                        value =
                                "The file with the vocabulary as learned by millrace fit, relative to the pipeline file.",
                        example = "state/category.json")
                Optional<String> fit,
        @Setting(value = "With fit: rarer values do not enter the vocabulary.", defaultValue = "1", example = "5")
                int minCount,
        @Setting(value = "With fit: the most values of the vocabulary.", defaultValue = "100", example = "20")
                int maxSize,
        @Setting(value = "What a value outside of the vocabulary is.", defaultValue = "zeros", example = "position")
                Outside unknown,
        @Setting(
                        value = "Whether each position becomes a column of its own, instead of all of them one list.",
                        defaultValue = "false")
                boolean columns)
        implements HotRule {
    public OneHot {
        values = List.copyOf(values);
        VocabularySettings.check(values, fit, minCount, maxSize, HotKernel.MOST);
    }

    @Override
    public String kind() {
        return "one_hot";
    }

    @Override
    public boolean lists() {
        return false;
    }
}
