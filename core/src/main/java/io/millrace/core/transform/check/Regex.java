package io.millrace.core.transform.check;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.millrace.api.MillraceException;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import java.util.Arrays;

/** Whole texts match a pattern. RE2 takes time linear in the text, whatever the pattern. Null is allowed. */
record Regex(String column, Pattern pattern, Severity severity) implements RowRule {
    private static final byte[] EMPTY = {};

    @Override
    public String name() {
        return column + " regex";
    }

    @Override
    public ValueTest bind(Field field) {
        if (field.type().kind() != Kind.STRING) {
            throw MillraceException.user("regex is for text, not for " + field.type());
        }
        String reason = "does not match " + pattern.pattern();
        return new ValueTest() {
            private final Matcher matcher = pattern.matcher(EMPTY);
            private BytesColumn texts;

            @Override
            public void begin(Column column) {
                texts = (BytesColumn) column;
            }

            @Override
            public String test(int row) {
                if (texts.isNull(row)) {
                    return null;
                }
                int[] offsets = texts.offsets();
                matcher.reset(Arrays.copyOfRange(texts.data(), offsets[row], offsets[row + 1]));
                return matcher.matches() ? null : reason;
            }
        };
    }
}
