package io.millrace.core.config;

/** Finds the line and column of an offset. */
final class TextPlaces {
    private TextPlaces() {}

    /** The place of the code point with this index. */
    static Place at(String text, int codePoint, String source) {
        int end = text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length())));
        int line = 1;
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Place(source, line, text.codePointCount(start, end) + 1);
    }
}
