package io.millrace.formats.parquet.partitioned;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Any text as a part of a file name: plain names stay, others are escaped and, where long, cut and told apart by a checksum. */
public final class SafeName {
    private static final int LONGEST = 80;

    private SafeName() {}

    /** Never empty, never with '~', '/' or a leading '.'; different texts give different names. */
    public static String of(String text) {
        StringBuilder name = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (value & 0xff);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '.' && name.length() > 0;
            if (plain) {
                name.append(c);
            } else {
                name.append(String.format("%%%02X", (int) c));
            }
        }
        if (name.length() == 0) {
            return "%";
        }
        if (name.length() <= LONGEST) {
            return name.toString();
        }
        CRC32C checksum = new CRC32C();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        checksum.update(bytes, 0, bytes.length);
        return name.substring(0, LONGEST) + "%" + Long.toHexString(checksum.getValue());
    }
}
