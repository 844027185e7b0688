package io.millrace.formats.json;

import java.util.Arrays;
import java.util.List;

/** A key that objects have had, as its bytes, and what its values are for. */
final class PlainKey {
    /** The name and the quote behind it. */
    private final byte[] quoted;
    /** The column that values go to; null where there is none. */
    final ColumnSlot slot;
    /** What columns read from values that are objects; null where none does. */
    final PlainObject object;
    /** Whether values may be read here at all. */
    final boolean plain;
    /** The key that came behind this one last; null where none has. */
    PlainKey next;
    /** The document that has had this key, by its number. */
    long document;

    /** @param node where paths lead by this key; null: nowhere */
    PlainKey(byte[] quoted, PathNode<ColumnSlot> node) {
        this.quoted = quoted;
        List<ColumnSlot> here = node == null ? List.of() : node.here();
        boolean below = node != null && (node.hasNames() || node.hasElements());
        this.slot = !below && here.size() == 1 ? here.get(0) : null;
        this.object = below && here.isEmpty() && !node.hasElements() ? new PlainObject(node) : null;
        this.plain = node == null || slot != null || object != null;
    }

    /** Whether this key, and the quote behind it, begins here. */
    boolean isAt(byte[] bytes, int from, int end) {
        int to = from + quoted.length;
        return to <= end && Arrays.equals(bytes, from, to, quoted, 0, quoted.length);
    }

    /** The number of bytes with the quote behind. */
    int size() {
        return quoted.length;
    }
}
