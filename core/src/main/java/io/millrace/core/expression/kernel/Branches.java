package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import java.util.List;
import java.util.stream.Stream;

/** CASE WHEN: a row takes the first branch whose condition is true; neither later conditions nor other branches see it. */
public final class Branches extends Kernel {
    private final List<Kernel> conditions;
    private final List<Kernel> results;

    /** @param results of one type: one for each condition, and the last one for rows that meet none */
    public Branches(List<Kernel> conditions, List<Kernel> results) {
        super(
                results.get(0).type(),
                Stream.concat(conditions.stream(), results.stream()).toList(),
                false);
        this.conditions = conditions;
        this.results = results;
    }

    @Override
    public Column evaluate(Frame frame) {
        int rows = frame.rows();
        int[] choice = new int[rows];
        Column[] columns = new Column[results.size()];
        Frame open = frame;
        for (int i = 0; i < conditions.size(); i++) {
            BooleanColumn met = (BooleanColumn) conditions.get(i).evaluate(open);
            long[] taken = new long[rows + 63 >>> 6];
            long[] left = open.words();
            for (int row = 0; row < rows; row++) {
                long bit = 1L << row;
                if ((left[row >> 6] & bit) != 0 && met.get(row) && !met.isNull(row)) {
                    taken[row >> 6] |= bit;
                    left[row >> 6] &= ~bit;
                    choice[row] = i;
                }
            }
            columns[i] = results.get(i).evaluate(frame.within(taken));
            open = frame.within(left.clone());
            markOpen(left, choice, i + 1);
        }
        int last = columns.length - 1;
        columns[last] = results.get(last).evaluate(open);
        return Choice.of(type(), choice, columns);
    }

    private static void markOpen(long[] left, int[] choice, int next) {
        for (int row = 0; row < choice.length; row++) {
            if ((left[row >> 6] & 1L << row) != 0) {
                choice[row] = next;
            }
        }
    }
}
