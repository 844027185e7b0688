package io.millrace.core.learned;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.ListColumn;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Counts how often each value comes; of a list column, each element. Nulls are counted apart. */
public final class ValueLearner implements Learner {
    private static final int SHOWN = 20;

    private final ValueIds ids;
    private final int minCount;
    private final int maxSize;
    private long[] counts = new long[1024];
    private int[] scratch = new int[0];
    private long rows;
    private long nulls;
    private long values;

    /**
     * @param type of the columns to come; a user error where its values are not told apart
     * @param kind what it is for, for the message
     * @param minCount rarer values do not enter the vocabulary
     * @param maxSize the most values of the vocabulary
     */
    public ValueLearner(DataType type, String kind, int minCount, int maxSize) {
        this.ids = ValueIds.of(type instanceof ListType list ? list.element() : type, kind);
        this.minCount = minCount;
        this.maxSize = maxSize;
    }

    @Override
    public void add(Column column) {
        rows += column.length();
        nulls += column.nulls().count(column.length());
        if (column instanceof ListColumn lists) {
            int[] offsets = lists.offsets();
            count(lists.elements(), offsets[0], offsets[lists.length()], null);
        } else {
            count(column, 0, column.length(), null);
        }
    }

    /** Counts each value once, or as often as {@code times} says. */
    private void count(Column column, int from, int to, long[] times) {
        if (scratch.length < to - from) {
            scratch = new int[to - from];
        }
        ids.add(column, from, to, scratch);
        if (ids.size() > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(ids.size(), 2 * counts.length));
        }
        for (int i = 0; i < to - from; i++) {
            if (scratch[i] >= 0) {
                long more = times == null ? 1 : times[i];
                counts[scratch[i]] += more;
                values += more;
            }
        }
    }

    @Override
    public void merge(Learner other) {
        ValueLearner that = (ValueLearner) other;
        rows += that.rows;
        nulls += that.nulls;
        count(that.ids.values(), 0, that.ids.size(), that.counts);
    }

    /** Whether no value has come. */
    public boolean isEmpty() {
        return values == 0;
    }

    /** The values that are frequent enough, most frequent first, values of equal count in their own order. */
    public Vocabulary vocabulary() {
        int[] order = order();
        int kept = 0;
        while (kept < Math.min(order.length, maxSize) && counts[order[kept]] >= minCount) {
            kept++;
        }
        return vocabulary(order, kept);
    }

    private int[] order() {
        return IntStream.range(0, ids.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer id) -> -counts[id]).thenComparing(ids::compare))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Vocabulary vocabulary(int[] order, int size) {
        Column all = ids.values();
        long[] sizes = new long[size];
        ColumnBuilder builder = ColumnBuilder.of(all.type());
        for (int i = 0; i < size; i++) {
            builder.append(all.value(order[i]));
            sizes[i] = counts[order[i]];
        }
        return new Vocabulary(builder.build(), sizes);
    }

    @Override
    public ValueStatistics statistics() {
        Vocabulary vocabulary = vocabulary();
        List<ValueStatistics.TopValue> top = IntStream.range(0, Math.min(SHOWN, vocabulary.size()))
                .mapToObj(i -> new ValueStatistics.TopValue(vocabulary.text(i), vocabulary.count(i)))
                .toList();
        return new ValueStatistics(rows, nulls, values, ids.size(), values - vocabulary.total(), top);
    }
}
