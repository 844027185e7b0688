package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.BINARY;
import static io.millrace.api.data.DataType.BOOLEAN;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.Output;
import java.util.Arrays;
import java.util.Locale;

/** Text, counted and cut in code points. */
final class TextFunctions {
    private TextFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("lower", STRING, (a, row, out) -> cased(a[0], row, out, false), STRING);
        table.add("upper", STRING, (a, row, out) -> cased(a[0], row, out, true), STRING);
        table.add(
                "length",
                INT64,
                (a, row, out) -> out.put(CodePoints.count(a[0].bytes(), a[0].from(row), a[0].to(row))),
                STRING);
        table.add("length", INT64, (a, row, out) -> out.put(a[0].to(row) - a[0].from(row)), BINARY);
        table.add(
                "starts_with",
                BOOLEAN,
                (a, row, out) -> out.put(isAt(a[0], row, a[0].from(row), a[1])),
                STRING,
                STRING);
        table.add("ends_with", BOOLEAN, TextFunctions::endsWith, STRING, STRING);
        table.add("position", INT64, (a, row, out) -> out.put(position(a[0], a[1], row)), STRING, STRING);
        table.add("replace", STRING, TextFunctions::replace, STRING, STRING, STRING);
        table.add("reverse", STRING, TextFunctions::reverse, STRING);
        table.add("concat_ws", new ConcatFunction(true));
        table.add("concat", new ConcatFunction(false));
        TrimFunctions.addTo(table);
        PartFunctions.addTo(table);
    }

    private static void cased(Argument text, int row, Output out, boolean upper) {
        byte[] bytes = text.bytes();
        int from = text.from(row);
        int size = text.to(row) - from;
        byte[] result = out.scratch(size);
        int low = upper ? 'a' : 'A';
        int all = 0;
        for (int i = 0; i < size; i++) {
            byte letter = bytes[from + i];
            all |= letter;
            result[i] = letter >= low && letter <= low + 25 ? (byte) (letter ^ 0x20) : letter;
        }
        if (all < 0) {
            String string = text.text(row);
            out.put(upper ? string.toUpperCase(Locale.ROOT) : string.toLowerCase(Locale.ROOT));
        } else {
            out.put(result, 0, size);
        }
    }

    private static boolean isAt(Argument text, int row, int at, Argument part) {
        int size = part.to(row) - part.from(row);
        return at >= text.from(row)
                && at + size <= text.to(row)
                && Arrays.equals(text.bytes(), at, at + size, part.bytes(), part.from(row), part.to(row));
    }

    private static void endsWith(Argument[] a, int row, Output out) {
        int size = a[1].to(row) - a[1].from(row);
        out.put(isAt(a[0], row, a[0].to(row) - size, a[1]));
    }

    /** The place of the first occurrence in bytes of the text's column, or -1. */
    static int find(Argument text, Argument part, int row, int from) {
        int size = part.to(row) - part.from(row);
        for (int at = from; at + size <= text.to(row); at++) {
            if (isAt(text, row, at, part)) {
                return at;
            }
        }
        return -1;
    }

    private static long position(Argument part, Argument text, int row) {
        int at = find(text, part, row, text.from(row));
        return at < 0 ? 0 : CodePoints.count(text.bytes(), text.from(row), at) + 1;
    }

    static boolean contains(Argument[] a, int row) {
        return find(a[0], a[1], row, a[0].from(row)) >= 0;
    }

    private static void replace(Argument[] a, int row, Output out) {
        if (a[1].from(row) == a[1].to(row) || !contains(a, row)) {
            out.put(a[0].bytes(), a[0].from(row), a[0].to(row));
        } else {
            out.put(a[0].text(row).replace(a[1].text(row), a[2].text(row)));
        }
    }

    private static void reverse(Argument[] a, int row, Output out) {
        byte[] bytes = a[0].bytes();
        int from = a[0].from(row);
        int to = a[0].to(row);
        byte[] result = out.scratch(to - from);
        int end = to - from;
        for (int at = from; at < to; ) {
            int next = CodePoints.after(bytes, at, to);
            end -= next - at;
            System.arraycopy(bytes, at, result, end, next - at);
            at = next;
        }
        out.put(result, 0, to - from);
    }
}
