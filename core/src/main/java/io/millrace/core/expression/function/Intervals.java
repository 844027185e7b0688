package io.millrace.core.expression.function;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.Output;
import io.millrace.core.expression.kernel.RowKernel;
import java.time.DateTimeException;
import java.util.List;

/** A span of time added to dates and timestamps: first the months, then the days, then the microseconds. */
public record Intervals(long months, long days, long micros) {
    /** True where it can be added to a date: it has no parts of days. */
    public boolean wholeDays() {
        return micros == 0;
    }

    /** The kernel that adds it to a date or timestamp, or takes it away. */
    public Kernel added(Kernel moment, boolean negated) {
        int sign = negated ? -1 : 1;
        return ConstantKernel.fold(RowKernel.strict(moment.type(), List.of(moment), (a, row, out) -> {
            try {
                add(a[0], row, out, sign);
            } catch (ArithmeticException | DateTimeException beyond) {
                out.fail("is beyond the range of " + moment.type());
            }
        }));
    }

    private void add(Argument moment, int row, Output out, int sign) {
        long shift = Math.multiplyExact(sign, days);
        if (out.type().kind() == Kind.DATE) {
            long day = moment.narrow(row);
            long moved = months == 0 ? day : Moments.plusMonths(day, Math.multiplyExact(sign, months));
            out.put(Math.addExact(moved, shift));
            return;
        }
        long instant = moment.whole(row);
        long moved = months == 0 ? instant : Moments.microsPlusMonths(instant, Math.multiplyExact(sign, months));
        moved = Math.addExact(moved, Math.multiplyExact(shift, Moments.MICROS_PER_DAY));
        out.put(Math.addExact(moved, Math.multiplyExact(sign, micros)));
    }

    /** True for what an interval can be added to. */
    public static boolean addable(DataType type) {
        return type.kind() == Kind.DATE || type.kind() == Kind.TIMESTAMP;
    }
}
