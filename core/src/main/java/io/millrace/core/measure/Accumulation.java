package io.millrace.core.measure;

import io.millrace.api.data.DataType;
import java.util.OptionalInt;

/**
 * What has to be accumulated for a measure. Measures whose accumulations are equal share one: sum, average and the like of the
 * same argument.
 *
 * @param limit how many values are kept, or the gap of sessions in seconds, where that is part of the state; 0 elsewhere
 */
record Accumulation(Kind kind, int limit, DataType type, Accumulator.Operands operands) {
    /** Which accumulator. */
    enum Kind {
        COUNT,
        SUM,
        MOMENTS,
        LEAST,
        GREATEST,
        DISTINCT,
        SMALLEST,
        FREQUENCIES,
        EARLIEST,
        LATEST,
        REGISTERS,
        BUCKETS,
        SESSIONS
    }

    /** @param type the argument's type; null where there is no argument */
    static Accumulation of(Measure.Basic measure, DataType type, Accumulator.Operands operands) {
        if (measure instanceof Measure.Sum || measure instanceof Measure.Average) {
            return new Accumulation(Kind.SUM, 0, type, operands);
        } else if (measure instanceof Measure.Variance || measure instanceof Measure.Deviation) {
            return new Accumulation(Kind.MOMENTS, 0, type, operands);
        } else if (measure instanceof Measure.Minimum) {
            return new Accumulation(Kind.LEAST, 0, type, operands);
        } else if (measure instanceof Measure.Maximum) {
            return new Accumulation(Kind.GREATEST, 0, type, operands);
        } else if (measure instanceof Measure.CountDistinct) {
            return new Accumulation(Kind.DISTINCT, 0, type, operands);
        } else if (measure instanceof Measure.CollectSet set) {
            return set.limit().isPresent()
                    ? new Accumulation(Kind.SMALLEST, set.limit().getAsInt(), type, operands)
                    : new Accumulation(Kind.DISTINCT, 0, type, operands);
        } else if (measure instanceof Measure.Top
                || measure instanceof Measure.Entropy
                || measure instanceof Measure.Histogram) {
            return new Accumulation(Kind.FREQUENCIES, 0, type, operands);
        } else if (measure instanceof Measure.First) {
            return new Accumulation(Kind.EARLIEST, 1, type, operands);
        } else if (measure instanceof Measure.Last last) {
            return new Accumulation(Kind.LATEST, last.limit().orElse(1), type, operands);
        } else if (measure instanceof Measure.CollectList list) {
            return new Accumulation(Kind.LATEST, unlimited(list.limit()), type, operands);
        } else if (measure instanceof Measure.ApproxCountDistinct) {
            return new Accumulation(Kind.REGISTERS, 0, type, operands);
        } else if (measure instanceof Measure.ApproxQuantile) {
            return new Accumulation(Kind.BUCKETS, 0, type, operands);
        } else if (measure instanceof Measure.Sessions sessions) {
            return new Accumulation(Kind.SESSIONS, sessions.gap(), type, operands);
        }
        return new Accumulation(Kind.COUNT, 0, null, operands);
    }

    private static int unlimited(OptionalInt limit) {
        return limit.orElse(Integer.MAX_VALUE);
    }

    /** True where the order of rows decides. */
    boolean ordered() {
        return kind == Kind.EARLIEST || kind == Kind.LATEST;
    }

    Accumulator create(GroupRows rows, OrderKey order) {
        return switch (kind) {
            case COUNT -> new CountAccumulator(operands, rows);
            case SUM -> new SumAccumulator(operands, type, rows);
            case MOMENTS -> new MomentsAccumulator(operands, type, rows);
            case LEAST, GREATEST -> FixedValues.fit(type)
                    ? new ExtremeAccumulator(operands, kind == Kind.GREATEST, rows)
                    : new ExtremeBytesAccumulator(operands, kind == Kind.GREATEST);
            case DISTINCT, FREQUENCIES -> new SetAccumulator(operands, type, kind == Kind.FREQUENCIES, rows);
            case SMALLEST -> new SmallestAccumulator(operands, type, limit);
            case EARLIEST, LATEST -> new OrderedAccumulator(operands, type, order, limit, kind == Kind.LATEST);
            case REGISTERS -> new RegistersAccumulator(operands);
            case BUCKETS -> new BucketsAccumulator(operands, type);
            case SESSIONS -> new SessionsAccumulator(operands, limit);
        };
    }
}
