package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.core.exact.Rounding;
import java.math.BigInteger;
import java.util.List;

/** Variances and standard deviations: how many values, their exact sum and the exact sum of their squares. */
final class MomentsAccumulator extends Accumulator {
    private static final List<StateColumn> STATE = List.of(
            new StateColumn("count1", DataType.INT64),
            new StateColumn("high1", DataType.INT64),
            new StateColumn("low1", DataType.INT64),
            new StateColumn("squares0_1", DataType.INT64),
            new StateColumn("squares1_1", DataType.INT64),
            new StateColumn("squares2_1", DataType.INT64),
            new StateColumn("squares3_1", DataType.INT64),
            new StateColumn("wide1", DataType.BINARY));

    private final GroupRows rows;
    private final int at;
    private final WideSums wide = new WideSums();
    private final NumberUnits units;
    private final FixedSum sum;
    private final FixedSquares squares;

    MomentsAccumulator(Operands operands, DataType type, GroupRows rows) {
        super(operands);
        this.units = NumberUnits.of(type);
        this.rows = rows;
        this.at = rows.reserve(1);
        this.sum = new FixedSum(rows, wide, units.wideShift());
        this.squares = new FixedSquares(rows, wide, units.wideShift());
    }

    @Override
    List<StateColumn> stateColumns() {
        return STATE;
    }

    @Override
    void add(int[] groups, int count, RowInput input) {
        boolean[] counted = counted(input, count);
        Column argument = argument(input);
        long[] words = rows.words();
        for (int row = 0; row < count; row++) {
            if (counted != null && !counted[row]) {
                continue;
            }
            int group = groups[row];
            words[group * rows.width() + at]++;
            if (argument instanceof DoubleColumn doubles) {
                addDouble(words, group, doubles.get(row));
            } else if (argument instanceof LongColumn longs) {
                addLong(words, group, longs.get(row));
            } else if (argument instanceof IntColumn ints) {
                addLong(words, group, ints.get(row));
            } else {
                addDecimal(words, group, (DecimalColumn) argument, row);
            }
        }
    }

    private void addLong(long[] words, int group, long value) {
        sum.add(words, group, value >> 63, value);
        squares.addSquare(words, group, value, 0);
    }

    private void addDouble(long[] words, int group, double value) {
        if (!sum.add(words, group, value)) {
            Wide part = wide.of(group);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                part.addSpecial(value);
            } else {
                BigInteger exact = NumberUnits.wide(value);
                part.sum = part.sum.add(exact);
                part.squares = part.squares.add(exact.multiply(exact));
            }
        } else if (value != 0) {
            int shift = Math.getExponent(value) - 52 - NumberUnits.FLOAT_EXPONENT;
            long mantissa = Double.doubleToRawLongBits(value) & (1L << 52) - 1 | 1L << 52;
            squares.addSquare(words, group, shift < 0 ? mantissa >>> -shift : mantissa, Math.max(shift, 0));
        }
    }

    private void addDecimal(long[] words, int group, DecimalColumn column, int row) {
        long low = column.low()[row];
        long high = column.high() == null ? low >> 63 : column.high()[row];
        if (high == low >> 63) {
            addLong(words, group, low);
        } else {
            BigInteger exact = FixedSum.big(high, low);
            Wide part = wide.of(group);
            part.sum = part.sum.add(exact);
            part.squares = part.squares.add(exact.multiply(exact));
        }
    }

    @Override
    void merge(int[] groups, int count, Column[] states) {
        long[][] columns = new long[STATE.size() - 1][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ((LongColumn) states[i]).values();
        }
        long[] words = rows.words();
        for (int row = 0; row < count; row++) {
            int group = groups[row];
            words[group * rows.width() + at] += columns[0][row];
            sum.add(words, group, columns[1][row], columns[2][row]);
            squares.add(words, group, columns[3][row], columns[4][row], columns[5][row], columns[6][row]);
        }
        wide.merge(groups, count, states[columns.length]);
    }

    @Override
    Column[] states(int from, int to) {
        Column[] states = new Column[STATE.size()];
        int[] places = {at, sum.at(), sum.at() + 1, squares.at(), squares.at() + 1, squares.at() + 2, squares.at() + 3};
        for (int i = 0; i < places.length; i++) {
            states[i] = CountAccumulator.rowWord(rows, places[i], from, to);
        }
        states[places.length] = wide.states(from, to);
        return states;
    }

    @Override
    Column finish(BoundMeasure measure, int from, int to, Failures failures) {
        DoubleColumn.Builder builder = (DoubleColumn.Builder) ColumnBuilder.of(DataType.FLOAT64);
        boolean root = measure.measure() instanceof Measure.Deviation;
        boolean population = measure.measure() instanceof Measure.Deviation deviation
                ? deviation.population()
                : ((Measure.Variance) measure.measure()).population();
        for (int group = from; group < to; group++) {
            long values = rows.words()[group * rows.width() + at];
            if (values == 0 || values == 1 && !population) {
                builder.appendNull();
            } else {
                double variance = variance(group, values, population);
                builder.append(root ? Math.sqrt(variance) : variance);
            }
        }
        return builder.build();
    }

    /** {@code (n Σx² - (Σx)²) / (n n)}, or {@code / (n (n - 1))}: exact, and rounded once. */
    private double variance(int group, long values, boolean population) {
        Wide part = wide.find(group);
        if (part != null && !part.finite()) {
            return Double.NaN;
        }
        boolean exact = part != null;
        BigInteger total = exact ? units.total(sum.big(group), part.sum) : sum.big(group);
        BigInteger totalSquares = squares.big(group);
        if (exact) {
            totalSquares = part.squares.add(totalSquares.shiftLeft(2 * units.wideShift()));
        }
        BigInteger n = BigInteger.valueOf(values);
        BigInteger numerator = n.multiply(totalSquares).subtract(total.multiply(total));
        BigInteger denominator = n.multiply(population ? n : n.subtract(BigInteger.ONE))
                .multiply(BigInteger.TEN.pow(2 * units.decimal()));
        return Rounding.toDouble(numerator, denominator, 2 * (exact ? units.wideBinary() : units.binary()));
    }

    @Override
    long bytes() {
        return wide.bytes();
    }

    @Override
    void clear() {
        wide.clear();
    }
}
