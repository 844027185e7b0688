package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import java.util.Map;
import java.util.Optional;

/** Converts a unit: cents to euros, Fahrenheit to Celsius. */
public record Scale(
        @Setting(value = "What the value is multiplied by.", defaultValue = "1", example = "0.01") double factor,
        @Setting(value = "What is added to the product.", defaultValue = "0", example = "-17.5") double offset)
        implements Rule {
    public Scale {
        Parameters.requireFinite("factor", Optional.of(factor));
        Parameters.requireFinite("offset", Optional.of(offset));
        if (factor == 0) {
            throw new InvalidSetting("factor", "must not be 0, which makes all values the same");
        }
    }

    @Override
    public String kind() {
        return "scale";
    }

    @Override
    public Optional<Learned> given() {
        return Optional.of(Learned.ofNumbers(Map.of()));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new ScaleKernel(
                input, name, kind(), ScaleKernel.Steps.centered(0, 1).multiplied(factor, offset));
    }
}
