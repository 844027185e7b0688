package io.millrace.formats.json;

import io.millrace.api.data.DataType;

/** Which kinds of values a column has had; nulls leave no trace. */
final class SeenValues {
    private static final long EXACT_DOUBLE = 1L << 53;
    private static final int MAX_LIST_DEPTH = 8;

    private boolean flag;
    private boolean whole;
    private boolean beyondDouble;
    private boolean large;
    private boolean real;
    private boolean text;
    private boolean object;
    private SeenValues elements;

    void flag() {
        flag = true;
    }

    void whole(long value) {
        whole = true;
        beyondDouble |= value > EXACT_DOUBLE || value < -EXACT_DOUBLE;
    }

    /** A whole number that does not fit a long. */
    void large(int characters) {
        large = true;
        text |= characters > DataType.DecimalType.MAX_PRECISION;
    }

    void real() {
        real = true;
    }

    void text() {
        text = true;
    }

    void object() {
        object = true;
    }

    /** A list; what its elements are is to be told to the answer. */
    SeenValues list() {
        if (elements == null) {
            elements = new SeenValues();
        }
        return elements;
    }

    SeenValues merge(SeenValues other) {
        flag |= other.flag;
        whole |= other.whole;
        beyondDouble |= other.beyondDouble;
        large |= other.large;
        real |= other.real;
        text |= other.text;
        object |= other.object;
        elements =
                elements == null ? other.elements : other.elements == null ? elements : elements.merge(other.elements);
        return this;
    }

    DataType type() {
        return type(0);
    }

    private DataType type(int depth) {
        boolean single = flag || whole || large || real || text;
        if (object || elements != null && (single || depth == MAX_LIST_DEPTH)) {
            return DataType.JSON;
        }
        if (elements != null) {
            DataType element = elements.type(depth + 1);
            return element.kind() == DataType.Kind.JSON || elements.isEmpty() ? DataType.JSON : DataType.list(element);
        }
        boolean number = whole || large || real;
        if (text || !single || flag && number || real && (large || beyondDouble)) {
            return DataType.STRING;
        }
        if (flag) {
            return DataType.BOOLEAN;
        }
        return real ? DataType.FLOAT64 : large ? DataType.decimal(38, 0) : DataType.INT64;
    }

    private boolean isEmpty() {
        return !flag && !whole && !large && !real && !text && !object && elements == null;
    }
}
