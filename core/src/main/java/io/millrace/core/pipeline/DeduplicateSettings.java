package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.util.HashSet;
import java.util.List;

/** Settings of the step {@code deduplicate}: of rows with equal key values, one stays. */
public record DeduplicateSettings(
        @Setting(
                        value = "The columns whose values make rows equal; nulls are equal to each other.",
                        example = "[event_id]")
                List<String> key) {
    /** The step's key in the pipeline file. */
    public static final String NAME = "deduplicate";

    public DeduplicateSettings {
        key = List.copyOf(key);
        if (key.isEmpty()) {
            throw new InvalidSetting("key", "must name at least one column");
        }
        if (new HashSet<>(key).size() < key.size()) {
            throw new InvalidSetting("key", "names a column twice");
        }
    }
}
