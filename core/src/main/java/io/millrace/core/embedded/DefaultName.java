package io.millrace.core.embedded;

import java.util.Locale;
import java.util.zip.CRC32;

/** The name of a pipeline that was given none: the same for the same source and target. */
final class DefaultName {
    private static final int LONGEST_PART = 36;

    private DefaultName() {}

    static String of(String source, String target) {
        return part(source) + "-to-" + part(target);
    }

    /** The text itself where it may stand in a name; else what may, and a checksum of all. */
    private static String part(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        if (clean.equals(text) && text.length() <= LONGEST_PART && !text.isEmpty()) {
            return text;
        }
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return (clean.isEmpty() ? "x" : clean.substring(0, Math.min(clean.length(), LONGEST_PART)))
                + String.format(Locale.ROOT, "-%08x", checksum.getValue());
    }
}
