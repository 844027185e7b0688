package io.millrace.formats.json;

/**
 * What a document may be at most, so that none can exhaust memory or stack.
 *
 * @param bytes the length of one document, 1 to 2,147,483,639
 * @param depth objects and arrays within each other, 1 to 1,000
 */
public record JsonLimits(int bytes, int depth) {
    /** 16 MB, 200 levels. */
    public static final JsonLimits DEFAULT = new JsonLimits(16 << 20, 200);

    public JsonLimits {
        if (bytes < 1 || bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("bytes must be 1 to 2147483639, not " + bytes);
        }
        if (depth < 1 || depth > 1_000) {
            throw new IllegalArgumentException("depth must be 1 to 1000, not " + depth);
        }
    }
}
