package io.millrace.formats.parquet.partitioned;

/**
 * Names of partition folders, {@code column=value}, in Hive's escaping: whatever a value holds, its folder is one name
 * inside the target. A null and an empty text are {@code __HIVE_DEFAULT_PARTITION__}, which readers take for null.
 */
public final class PartitionFolder {
    /** The folder's value for null. */
    public static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    /** The longest name that common file systems take, in bytes. */
    static final int LONGEST_NAME = 255;

    private static final String ESCAPED = "\"#%'*/:=?\\{}[]^<>|";

    private PartitionFolder() {}

    /** The folder of one column's value; null for a null. */
    public static String name(String column, String value) {
        return escape(column) + "=" + (value == null || value.isEmpty() ? NULL : escapeValue(value));
    }

    /** Texts that readers take for null lose their first character to an escape: DuckDB reads 'null' so, in any case. */
    private static String escapeValue(String value) {
        return value.equals(NULL) || value.equalsIgnoreCase("null")
                ? String.format("%%%02X", (int) value.charAt(0)) + value.substring(1)
                : escape(value);
    }

    /** A column's or a value's text. Readers decode each {@code %XX} as one character, so only ASCII is written so. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || ESCAPED.indexOf(c) >= 0) {
                escaped.append(String.format("%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
