package io.millrace.formats.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads documents of the usual kind straight from their bytes: objects whose text has no escapes and whose numbers have no
 * exponents. Whatever else a document has, good or bad, makes it give up, so that {@link JsonDecoder} reads it token by token;
 * a row comes out the same by either way. One thread.
 */
final class PlainDocument {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** Where a long has room for every digit. */
    private static final int MOST_DIGITS = 18;
    /** Instead of a place: the document is of another kind. */
    private static final int OTHER = -1;
    /** So many failures in a row say that documents are of another kind; then only now and then one is tried. */
    private static final int PATIENCE = 8;

    private static final int LONGEST_PAUSE = 1 << 10;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final PlainObject root;
    private final ColumnSlot[] slots;
    private final JsonLimits limits;
    private int failures;
    private int pause;
    private long document;
    private byte[] bytes;
    private int end;

    PlainDocument(PathNode<ColumnSlot> root, ColumnSlot[] slots, JsonLimits limits) {
        boolean object = root.here().isEmpty() && root.hasNames() && !root.hasElements();
        this.root = object ? new PlainObject(root) : null;
        this.slots = slots;
        this.limits = limits;
    }

    /** Appends a document as a row; false where it is of another kind or bad, and nothing has been appended. */
    boolean append(byte[] source, int from, int size) {
        if (root == null) {
            return false;
        }
        if (pause > 0) {
            pause--;
            return false;
        }
        int before = slots[0].length();
        if (size <= limits.bytes() && read(source, from, from + size)) {
            failures = 0;
            return true;
        }
        for (ColumnSlot slot : slots) {
            slot.truncate(before);
        }
        failures++;
        pause = failures < PATIENCE ? 0 : Math.min(LONGEST_PAUSE, 1 << Math.min(failures - PATIENCE, 10));
        return false;
    }

    private boolean read(byte[] source, int from, int to) {
        bytes = source;
        end = to;
        document++;
        for (ColumnSlot slot : slots) {
            slot.begin();
        }
        int at = space(from);
        if (at >= end || bytes[at] != '{' || Utf8.firstBad(bytes, from, end) >= 0) {
            return false;
        }
        at = object(root, at + 1);
        if (at == OTHER || space(at) < end) {
            return false;
        }
        for (ColumnSlot slot : slots) {
            if (slot.lacksRequired()) {
                return false;
            }
            slot.fill();
        }
        return true;
    }

    /** Reads what follows an opening brace; returns the place behind the closing one. */
    private int object(PlainObject object, int from) {
        int at = space(from);
        if (at < end && bytes[at] == '}') {
            return at + 1;
        }
        PlainKey previous = object.start();
        while (at < end && bytes[at] == '"') {
            PlainKey key = key(object, previous, at + 1);
            if (key == null || key.document == document) {
                return OTHER;
            }
            key.document = document;
            previous = key;
            at = space(at + 1 + key.size());
            if (at >= end || bytes[at] != ':') {
                return OTHER;
            }
            at = space(at + 1);
            at = at < end && key.plain ? value(key, at) : OTHER;
            if (at == OTHER) {
                return OTHER;
            }
            at = space(at);
            if (at < end && bytes[at] == '}') {
                return at + 1;
            }
            if (at >= end || bytes[at] != ',') {
                return OTHER;
            }
            at = space(at + 1);
        }
        return OTHER;
    }

    private PlainKey key(PlainObject object, PlainKey previous, int from) {
        if (previous.next != null && previous.next.isAt(bytes, from, end)) {
            return previous.next;
        }
        int quote = textEnd(from);
        PlainKey found = quote == OTHER ? null : object.find(bytes, from, quote);
        previous.next = found;
        return found;
    }

    /** Reads the value that begins here; returns the place behind it. */
    private int value(PlainKey key, int at) {
        return switch (bytes[at]) {
            case '"' -> text(key, at + 1);
            case '{' -> key.object == null ? OTHER : object(key.object, at + 1);
            case 't' -> literal(TRUE, at) && flag(key, true) ? at + TRUE.length : OTHER;
            case 'f' -> literal(FALSE, at) && flag(key, false) ? at + FALSE.length : OTHER;
            case 'n' -> literal(NULL, at) ? nothing(key, at + NULL.length) : OTHER;
            default -> number(key, at);
        };
    }

    private int text(PlainKey key, int from) {
        int quote = textEnd(from);
        if (quote == OTHER || key.object != null || key.slot != null && !key.slot.plainText(bytes, from, quote)) {
            return OTHER;
        }
        return quote + 1;
    }

    private static boolean flag(PlainKey key, boolean value) {
        return key.object == null && (key.slot == null || key.slot.plainFlag(value));
    }

    private static int nothing(PlainKey key, int behind) {
        if (key.slot != null) {
            key.slot.appendNull();
        }
        return behind;
    }

    private boolean literal(byte[] word, int from) {
        if (from + word.length > end) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(PlainKey key, int from) {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int at = first;
        int point = OTHER;
        long unscaled = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
            } else if (bytes[at] == '.' && point == OTHER && at > first) {
                point = at;
            } else {
                break;
            }
        }
        int digits = at - first - (point == OTHER ? 0 : 1);
        int whole = (point == OTHER ? at : point) - first;
        int scale = digits - whole;
        boolean leadingZero = whole > 1 && bytes[first] == '0';
        boolean negativeZero = negative && unscaled == 0;
        if (whole == 0 || digits > MOST_DIGITS || leadingZero || negativeZero || point != OTHER && scale == 0) {
            return OTHER;
        }
        if (key.object != null || key.slot != null && !key.slot.plainNumber(negative ? -unscaled : unscaled, scale)) {
            return OTHER;
        }
        return at;
    }

    /** The place of the quote that ends a text; OTHER where an escape or a control character comes first, or nothing. */
    private int textEnd(int from) {
        int at = from;
        while (at + 8 <= end) {
            long eight = (long) LONGS.get(bytes, at);
            // The lowest bit that is set is exact in each of these; those above it may be wrong.
            long special =
                    ends(eight ^ ONES * '"') | ends(eight ^ ONES * '\\') | (eight - ONES * ' ') & ~eight & HIGH_BITS;
            if (special != 0) {
                at += Long.numberOfTrailingZeros(special) >> 3;
                return bytes[at] == '"' ? at : OTHER;
            }
            at += 8;
        }
        for (; at < end; at++) {
            if (bytes[at] == '"') {
                return at;
            }
            if (bytes[at] == '\\' || bytes[at] >= 0 && bytes[at] < ' ') {
                return OTHER;
            }
        }
        return OTHER;
    }

    /** Sets the high bit of the lowest byte that is zero. */
    private static long ends(long eight) {
        return (eight - ONES) & ~eight & HIGH_BITS;
    }

    /** The first place from here on that is no white space, or the end. */
    private int space(int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }
}
