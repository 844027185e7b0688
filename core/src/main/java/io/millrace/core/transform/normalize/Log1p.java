package io.millrace.core.transform.normalize;

import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import java.util.Map;
import java.util.Optional;

/** The natural logarithm of 1 + x: counts and amounts that span many magnitudes. */
public record Log1p() implements Rule {
    @Override
    public String kind() {
        return "log1p";
    }

    @Override
    public Optional<Learned> given() {
        return Optional.of(Learned.ofNumbers(Map.of()));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new Log1pKernel(input, name, kind());
    }

    private static final class Log1pKernel extends NumberKernel {
        Log1pKernel(Field input, String name, String kind) {
            super(input, name, kind, "is not above -1, so log1p has no value");
        }

        @Override
        void apply(double[] values, double[] results, int length) {
            for (int row = 0; row < length; row++) {
                // Math.log1p may differ in the last bit from one processor to the next.
                results[row] = StrictMath.log1p(values[row]);
            }
        }
    }
}
