package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.STRING;

import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.Output;

/** {@code trim}, {@code ltrim}, {@code rtrim}: of spaces, or of any of some characters. */
final class TrimFunctions {
    private TrimFunctions() {}

    static void addTo(FunctionTable table) {
        add(table, "trim", true, true);
        add(table, "ltrim", true, false);
        add(table, "rtrim", false, true);
    }

    private static void add(FunctionTable table, String name, boolean left, boolean right) {
        table.add(name, STRING, (a, row, out) -> spaces(a[0], row, out, left, right), STRING);
        table.add(name, STRING, (a, row, out) -> characters(a, row, out, left, right), STRING, STRING);
    }

    private static void spaces(Argument text, int row, Output out, boolean left, boolean right) {
        byte[] bytes = text.bytes();
        int from = text.from(row);
        int to = text.to(row);
        while (left && from < to && bytes[from] == ' ') {
            from++;
        }
        while (right && from < to && bytes[to - 1] == ' ') {
            to--;
        }
        out.put(bytes, from, to);
    }

    private static void characters(Argument[] a, int row, Output out, boolean left, boolean right) {
        byte[] bytes = a[0].bytes();
        int from = a[0].from(row);
        int to = a[0].to(row);
        while (left && from < to) {
            int next = CodePoints.after(bytes, from, to);
            if (!isOneOf(a[1], row, bytes, from, next)) {
                break;
            }
            from = next;
        }
        while (right && from < to) {
            int last = CodePoints.before(bytes, from, to);
            if (!isOneOf(a[1], row, bytes, last, to)) {
                break;
            }
            to = last;
        }
        out.put(bytes, from, to);
    }

    private static boolean isOneOf(Argument characters, int row, byte[] bytes, int from, int to) {
        byte[] set = characters.bytes();
        int end = characters.to(row);
        for (int at = characters.from(row); at < end; ) {
            int next = CodePoints.after(set, at, end);
            if (java.util.Arrays.equals(set, at, next, bytes, from, to)) {
                return true;
            }
            at = next;
        }
        return false;
    }
}
