package io.millrace.api;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.List;

/**
 * Columns by which each row says for itself which of two values of its key is the newer one, where rows have no moment in
 * common as those of a run do: streams bring them along. They decide, and are not written as columns. Only for targets that
 * {@linkplain DirectLoader#heedsRowVersions heed} them.
 */
public final class RowVersion {
    /** The moment that the row speaks of, never null: a value of a later moment is newer. */
    public static final String MOMENT = "#moment";

    /** A whole number from 0, never null: of two values of one moment the one with the greater number is newer. */
    public static final String REVISION = "#revision";

    /** Until when the value holds if nothing else happens, never null: what a target's time to live is counted from. */
    public static final String HOLDS_UNTIL = "#holds_until";

    /** When the key is to be gone at the latest; null: never. */
    public static final String ENDS = "#ends";

    private static final List<Field> FIELDS = List.of(
            new Field(MOMENT, DataType.TIMESTAMP, false),
            new Field(REVISION, DataType.INT64, false),
            new Field(HOLDS_UNTIL, DataType.TIMESTAMP, false),
            new Field(ENDS, DataType.TIMESTAMP, true));

    private RowVersion() {}

    /** The columns, in the order that they come in. */
    public static List<Field> fields() {
        return FIELDS;
    }

    /** True where rows of this schema bring them along. */
    public static boolean in(Schema schema) {
        return schema.contains(MOMENT);
    }

    /** True for the name of one of them. */
    public static boolean isColumn(String name) {
        return FIELDS.stream().anyMatch(field -> field.name().equals(name));
    }
}
