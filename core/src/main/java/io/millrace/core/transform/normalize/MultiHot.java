package io.millrace.core.transform.normalize;

import io.millrace.api.Setting;
import java.util.List;
import java.util.Optional;

/** Of a list: a one in the position of each value that it holds, zeros elsewhere. */
public record MultiHot(
        @Setting(value = "The vocabulary, in the order of the positions.", example = "[comedy, drama]")
                List<Object> values,
        @Setting(
                        value =
                                "The file with the vocabulary as learned by millrace fit, relative to the pipeline file.",
                        example = "state/genres.json")
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
    public MultiHot {
        values = List.copyOf(values);
        VocabularySettings.check(values, fit, minCount, maxSize, HotKernel.MOST);
    }

    @Override
    public String kind() {
        return "multi_hot";
    }

    @Override
    public boolean lists() {
        return true;
    }
}
