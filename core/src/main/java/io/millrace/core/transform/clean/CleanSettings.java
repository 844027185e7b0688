package io.millrace.core.transform.clean;

import io.millrace.api.Setting;
import java.util.Map;

/**
 * What {@code clean} does to which column. The steps run in the order of the components, whatever their order in the file:
 * text, nulls, types, outliers. A row goes to the rejects once, with the first reason found in that order.
 */
public record CleanSettings(
        @Setting(value = "How text is tidied, in all string columns.", defaultValue = "{}") StringCleaning strings,
        @Setting(
                        value = "What happens to nulls, by column; a column not named here keeps them.",
                        example = "{rating: {default: 0.0}, user_id: reject}")
                Map<String, NullPolicy> nulls,
        @Setting(
                        value =
                                "The type a column is converted to. A cell that cannot be converted exactly is a reject.",
                        example = "{rating: float64, ts: {timestamp: \"yyyy-MM-dd HH:mm:ss\", zone: Asia/Shanghai}}")
                Map<String, Conversion> types,
        @Setting(
                        value = "The range of plausible values, by column, and what happens outside of it.",
                        example = "{rating: {min: 0, max: 5, action: reject}}")
                Map<String, Outlier> outliers) {

    public CleanSettings {
        nulls = Map.copyOf(nulls);
        types = Map.copyOf(types);
        outliers = Map.copyOf(outliers);
    }
}
