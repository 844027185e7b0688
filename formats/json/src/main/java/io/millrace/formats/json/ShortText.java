package io.millrace.formats.json;

/** Short ASCII text as characters, for what reads dates and times. One thread. */
final class ShortText {
    private final char[] characters = new char[64];

    /** Takes the text between two places of bytes; false where it is longer or not ASCII. */
    boolean take(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size > characters.length) {
            return false;
        }
        int all = 0;
        for (int i = 0; i < size; i++) {
            byte next = bytes[from + i];
            all |= next;
            characters[i] = (char) next;
        }
        return all >= 0;
    }

    char[] characters() {
        return characters;
    }
}
