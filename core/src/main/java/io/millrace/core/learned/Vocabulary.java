package io.millrace.core.learned;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import java.util.Arrays;
import java.util.List;

/** Distinct values in a fixed order, each with how often it came: what indices and positions refer to. Immutable. */
public final class Vocabulary {
    private final Column values;
    private final long[] counts;

    /** Takes over a column of STRING or INT64 without nulls, and as many counts. */
    Vocabulary(Column values, long[] counts) {
        this.values = values;
        this.counts = counts;
    }

    /** Values as a pipeline file lists them, all text or all whole numbers; IllegalArgumentException otherwise. */
    public static Vocabulary of(List<?> listed) {
        boolean text = listed.stream().allMatch(String.class::isInstance);
        ColumnBuilder builder = ColumnBuilder.of(text ? DataType.STRING : DataType.INT64);
        for (Object value : listed) {
            if (!text && !(value instanceof Integer || value instanceof Long)) {
                throw new IllegalArgumentException(
                        "the values must be all text or all whole numbers; text that looks like a number is quoted");
            }
            builder.append(text ? value : (Object) ((Number) value).longValue());
        }
        Vocabulary vocabulary = new Vocabulary(builder.build(), new long[listed.size()]);
        if (vocabulary.ids().size() != listed.size()) {
            throw new IllegalArgumentException("the values must differ from each other");
        }
        return vocabulary;
    }

    public int size() {
        return counts.length;
    }

    /** A value as text. */
    public String text(int place) {
        return values.value(place).toString();
    }

    public long count(int place) {
        return counts[place];
    }

    /** The sum of all counts. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** STRING or INT64. */
    public DataType type() {
        return values.type();
    }

    /** Finds places: the ids are the places. A new one for each thread is not needed. */
    public ValueIds ids() {
        ValueIds ids = ValueIds.of(values.type(), "a vocabulary");
        ids.add(values, 0, size(), new int[size()]);
        return ids;
    }

    /** Where the values of another vocabulary are in this one; {@link ValueIds#NONE} for those that are not. */
    public int[] places(Vocabulary other) {
        requireFits(other.type());
        int[] places = new int[other.size()];
        ids().find(other.values, 0, other.size(), places);
        return places;
    }

    /** A user error where values of this type cannot be in it. */
    public void requireFits(DataType column) {
        DataType element = column instanceof DataType.ListType list ? list.element() : column;
        ValueIds.of(element, "a vocabulary");
        if ((element.kind() == Kind.STRING) != (type().kind() == Kind.STRING)) {
            throw MillraceException.user(
                    "the vocabulary holds values of type " + type() + ", and the column is " + column
                            + "; convert the column in a step  clean: {types: …}  before, or learn the vocabulary anew");
        }
    }

    Column values() {
        return values;
    }
}
