package io.millrace.features;

import io.millrace.api.Setting;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.measure.Measure;
import io.millrace.core.window.WindowLength;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A measure of a view, and the events that it is computed over.
 *
 * @param text the measure as it is written
 * @param window how far it looks back; empty: one grain, which is the day itself, or the session
 * @param halfLife of a count that fades: a tile's count by half for every half-life that it is older than the newest tile
 */
public record FeatureMeasure(
        Measure measure, String text, Optional<WindowLength> window, Optional<WindowLength> halfLife) {
    private static final Map<String, Object> LENGTH = Map.of("type", "string", "pattern", "^[0-9]{1,9}(ms|s|m|h|d)$");

    public FeatureMeasure {
        if (halfLife.isPresent() && !isCount(measure)) {
            throw new IllegalArgumentException(
                    "half_life: only counts fade: count(*) or count(x), with FILTER where wanted");
        }
    }

    private static boolean isCount(Measure measure) {
        Measure counted = measure instanceof Measure.Filtered filtered ? filtered.measure() : measure;
        return counted instanceof Measure.CountRows || counted instanceof Measure.Count;
    }

    /** Binds the written form in a features file. */
    static FeatureMeasure fromYaml(Object value) {
        if (value instanceof Map<?, ?> keys) {
            Written written = SettingsMaps.bind(Written.class, "", keys);
            return new FeatureMeasure(written.measure.measure, written.measure.text, written.window, written.halfLife);
        }
        return new FeatureMeasure(Measure.fromYaml(value), String.valueOf(value), Optional.empty(), Optional.empty());
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        Map<String, Object> text = Measure.yamlSchema();
        Map<String, Object> keys = Map.of(
                "type",
                "object",
                "properties",
                Map.of("measure", text, "window", LENGTH, "half_life", LENGTH),
                "required",
                List.of("measure"),
                "additionalProperties",
                false);
        return Map.of(
                "description",
                "A measure, such as count(*), or one with how far it looks back: {measure: count(*), window: 7d}.",
                "anyOf",
                List.of(text, keys));
    }

    /** The form with keys. */
    private record Written(
            @Setting("The measure.") MeasureWithText measure,
            @Setting("How far it looks back.") Optional<WindowLength> window,
            @Setting("Of a count that fades: how old a tile is that counts half.") Optional<WindowLength> halfLife) {}

    /** A measure with its text. */
    private record MeasureWithText(Measure measure, String text) {
        static MeasureWithText fromYaml(Object value) {
            return new MeasureWithText(Measure.fromYaml(value), String.valueOf(value));
        }
    }
}
