package io.millrace.api;

import java.util.OptionalLong;

/**
 * How the {@linkplain WriteTask#unit unit} of a stream's pieces is called: by the checkpoint that they belong to. Direct
 * targets tell by it how far they are, since their pieces are committed one by one.
 */
public final class StreamUnit {
    private static final String PREFIX = "ckp-";
    private static final int MOST_DIGITS = 18;

    private StreamUnit() {}

    /** The unit of a checkpoint. */
    public static String of(long checkpoint) {
        return PREFIX + checkpoint;
    }

    /** The checkpoint of a unit; empty where it is a batch run's. */
    public static OptionalLong checkpoint(String unit) {
        String digits = unit.startsWith(PREFIX) ? unit.substring(PREFIX.length()) : "";
        return !digits.isEmpty()
                        && digits.length() <= MOST_DIGITS
                        && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }
}
