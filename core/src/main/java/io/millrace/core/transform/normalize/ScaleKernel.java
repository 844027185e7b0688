package io.millrace.core.transform.normalize;

import io.millrace.api.data.Field;

/** {@code ((x − subtract) / divide) × multiply + add}, each operation rounded; then moved into a range. */
final class ScaleKernel extends NumberKernel {
    private final double subtract;
    private final double divide;
    private final double multiply;
    private final double add;
    private final double low;
    private final double high;

    ScaleKernel(Field input, String name, String kind, Steps steps) {
        super(input, name, kind, "has a result beyond the range of float64");
        this.subtract = steps.subtract;
        this.divide = steps.divide;
        this.multiply = steps.multiply;
        this.add = steps.add;
        this.low = steps.low;
        this.high = steps.high;
    }

    /** The numbers of the formula; infinities for a range without bounds. */
    record Steps(double subtract, double divide, double multiply, double add, double low, double high) {
        static Steps centered(double subtract, double divide) {
            return new Steps(subtract, divide, 1, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        Steps multiplied(double factor, double offset) {
            return new Steps(subtract, divide, factor, offset, low, high);
        }

        Steps within(double from, double to) {
            return new Steps(subtract, divide, multiply, add, from, to);
        }
    }

    @Override
    void apply(double[] values, double[] results, int length) {
        for (int row = 0; row < length; row++) {
            double result = (values[row] - subtract) / divide * multiply + add;
            results[row] = result < low ? low : result > high ? high : result;
        }
    }
}
