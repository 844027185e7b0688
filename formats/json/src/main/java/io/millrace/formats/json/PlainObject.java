package io.millrace.formats.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys that the objects at one place of documents have had. Keys tend to come in the order of the document before. */
final class PlainObject {
    /** Objects with ever new keys are not of the usual kind, and must not fill the memory. */
    private static final int MOST_KEYS = 256;

    private final PathNode<ColumnSlot> node;
    private final PlainKey[] table = new PlainKey[4 * MOST_KEYS];
    private final PlainKey start = new PlainKey(new byte[0], null);
    private int keys;

    /** @param node where paths lead from here by keys */
    PlainObject(PathNode<ColumnSlot> node) {
        this.node = node;
    }

    /** A key in front of the first one. */
    PlainKey start() {
        return start;
    }

    /** The key between {@code from} and the quote at {@code quote}, or null where there have been too many. */
    PlainKey find(byte[] bytes, int from, int quote) {
        int hash = 0;
        for (int i = from; i < quote; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 15) & table.length - 1;
        while (table[slot] != null) {
            if (table[slot].size() == quote - from + 1 && table[slot].isAt(bytes, from, quote + 1)) {
                return table[slot];
            }
            slot = slot + 1 & table.length - 1;
        }
        if (keys == MOST_KEYS) {
            return null;
        }
        keys++;
        String name = new String(bytes, from, quote - from, StandardCharsets.UTF_8);
        table[slot] = new PlainKey(Arrays.copyOfRange(bytes, from, quote + 1), node.name(name));
        return table[slot];
    }
}
