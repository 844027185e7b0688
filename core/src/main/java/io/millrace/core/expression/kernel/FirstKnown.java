package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import java.util.List;

/** COALESCE: the first operand that is not null; operands behind it do not see the row. */
public final class FirstKnown extends Kernel {
    private final List<Kernel> operands;

    /** @param operands of one type */
    public FirstKnown(List<Kernel> operands) {
        super(operands.get(0).type(), operands, false);
        this.operands = operands;
    }

    @Override
    public Column evaluate(Frame frame) {
        Column first = operands.get(0).evaluate(frame);
        if (!first.nulls().any() || operands.size() == 1) {
            return first;
        }
        int rows = frame.rows();
        int[] choice = new int[rows];
        Column[] columns = new Column[operands.size()];
        columns[0] = first;
        for (int i = 1; i < columns.length; i++) {
            long[] open = new long[rows + 63 >>> 6];
            for (int row = 0; row < rows; row++) {
                if (choice[row] == i - 1 && columns[i - 1].isNull(row)) {
                    choice[row] = i;
                    open[row >> 6] |= 1L << row;
                }
            }
            columns[i] = operands.get(i).evaluate(frame.within(open));
        }
        return Choice.of(type(), choice, columns);
    }
}
