package io.millrace.core.lookup;

import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;

/** Keys for people. */
final class KeyText {
    private static final int LONGEST = 200;

    private KeyText() {}

    /** A row's key with the columns' names: {@code (id = 42, region = 'north')}. */
    static String of(Schema schema, Column[] keys, int row) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < keys.length; i++) {
            Object value = keys[i].value(row);
            text.append(i == 0 ? "" : ", ").append(schema.field(i).name()).append(" = ");
            text.append(
                    value instanceof byte[] bytes
                            ? bytes.length + " bytes"
                            : value instanceof String string ? "'" + shortened(string) + "'" : value);
        }
        return text.append(")").toString();
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, LONGEST))) + "…";
    }
}
