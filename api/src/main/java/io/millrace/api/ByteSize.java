package io.millrace.api;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written {@code 512}, {@code 64KB}, {@code 128MB} or {@code 2GB}; a K is 1,024. */
public record ByteSize(long bytes) implements Serializable {
    private static final Pattern PATTERN = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)(?:I?B)?");

    /** Reads the written form, any letter case. IllegalArgumentException where it is not one. */
    public static ByteSize parse(String text) {
        Matcher matcher = PATTERN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 64KB, 128MB or 2GB");
        }
        int shift = 10 * ("KMGT".indexOf(matcher.group(2)) + 1);
        return new ByteSize(Math.multiplyExact(
                Long.parseLong(matcher.group(1)), matcher.group(2).isEmpty() ? 1 : 1L << shift));
    }

    @Override
    public String toString() {
        long size = bytes;
        int unit = 0;
        while (size != 0 && size % 1024 == 0 && unit < 4) {
            size /= 1024;
            unit++;
        }
        return size + (unit == 0 ? "B" : "KMGT".charAt(unit - 1) + "B");
    }
}
