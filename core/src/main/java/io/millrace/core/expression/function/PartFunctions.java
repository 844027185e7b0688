package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.Output;

/** Parts of text, and text brought to a length. */
final class PartFunctions {
    private static final int MAX_LENGTH = 1_000_000;

    private PartFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("substring", STRING, PartFunctions::rest, STRING, INT64);
        table.add("substring", STRING, (a, row, out) -> substring(a, row, a[2].whole(row), out), STRING, INT64, INT64);
        table.add("left", STRING, (a, row, out) -> range(a[0], row, 0, a[1].whole(row), out), STRING, INT64);
        table.add("right", STRING, PartFunctions::right, STRING, INT64);
        table.add("split_part", STRING, PartFunctions::splitPart, STRING, STRING, INT64);
        table.add("lpad", STRING, (a, row, out) -> pad(a, row, out, true), STRING, INT64);
        table.add("lpad", STRING, (a, row, out) -> pad(a, row, out, true), STRING, INT64, STRING);
        table.add("rpad", STRING, (a, row, out) -> pad(a, row, out, false), STRING, INT64);
        table.add("rpad", STRING, (a, row, out) -> pad(a, row, out, false), STRING, INT64, STRING);
        table.add("repeat", STRING, PartFunctions::repeat, STRING, INT64);
    }

    private static void rest(Argument[] a, int row, Output out) {
        range(a[0], row, first(a, row), Long.MAX_VALUE, out);
    }

    /** The number of the first code point, counted from 0; it may lie before the text. */
    private static long first(Argument[] a, int row) {
        long start = a[1].whole(row);
        return start < 0
                ? CodePoints.count(a[0].bytes(), a[0].from(row), a[0].to(row)) + start
                : Math.max(start - 1, 0);
    }

    private static void substring(Argument[] a, int row, long length, Output out) {
        long first = first(a, row);
        if (length <= 0) {
            out.put("");
            return;
        }
        long end = length > Long.MAX_VALUE - Math.max(first, 0) ? Long.MAX_VALUE : first + length;
        range(a[0], row, first, end, out);
    }

    /** The code points from {@code first} (inclusive) to {@code end} (exclusive), counted from 0. */
    private static void range(Argument text, int row, long first, long end, Output out) {
        byte[] bytes = text.bytes();
        int to = text.to(row);
        int from = CodePoints.place(bytes, text.from(row), to, first);
        out.put(bytes, from, CodePoints.place(bytes, from, to, end - Math.max(first, 0)));
    }

    private static void right(Argument[] a, int row, Output out) {
        long count = CodePoints.count(a[0].bytes(), a[0].from(row), a[0].to(row));
        long kept = Math.max(0, Math.min(a[1].whole(row), count));
        range(a[0], row, count - kept, count, out);
    }

    private static void splitPart(Argument[] a, int row, Output out) {
        long number = a[2].whole(row);
        if (number == 0) {
            out.fail("split_part counts from 1, or from -1 backwards");
            return;
        }
        int size = a[1].to(row) - a[1].from(row);
        if (number < 0) {
            number += parts(a, row, size) + 1;
            if (number <= 0) {
                out.put("");
                return;
            }
        }
        int from = a[0].from(row);
        for (long part = 1; ; part++) {
            int next = size == 0 ? -1 : TextFunctions.find(a[0], a[1], row, from);
            if (part == number) {
                out.put(a[0].bytes(), from, next < 0 ? a[0].to(row) : next);
                return;
            } else if (next < 0) {
                out.put("");
                return;
            }
            from = next + size;
        }
    }

    private static long parts(Argument[] a, int row, int size) {
        long parts = 1;
        int at = size == 0 ? -1 : TextFunctions.find(a[0], a[1], row, a[0].from(row));
        while (at >= 0) {
            parts++;
            at = TextFunctions.find(a[0], a[1], row, at + size);
        }
        return parts;
    }

    private static void pad(Argument[] a, int row, Output out, boolean left) {
        long wanted = Math.max(0, a[1].whole(row));
        if (wanted > MAX_LENGTH) {
            out.fail("is padded to more than " + MAX_LENGTH + " characters");
            return;
        }
        String padding = a.length == 2 ? " " : a[2].text(row);
        int missing = (int) wanted - CodePoints.count(a[0].bytes(), a[0].from(row), a[0].to(row));
        if (missing <= 0 || padding.isEmpty()) {
            range(a[0], row, 0, wanted, out);
            return;
        }
        int[] points = padding.codePoints().toArray();
        StringBuilder filling = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            filling.appendCodePoint(points[i % points.length]);
        }
        out.put(left ? filling + a[0].text(row) : a[0].text(row) + filling);
    }

    private static void repeat(Argument[] a, int row, Output out) {
        long times = Math.max(0, a[1].whole(row));
        long size = a[0].to(row) - a[0].from(row);
        if (size > 0 && times > MAX_LENGTH / size) {
            out.fail("is repeated to more than " + MAX_LENGTH + " bytes");
        } else {
            out.put(size == 0 ? "" : a[0].text(row).repeat((int) times));
        }
    }
}
