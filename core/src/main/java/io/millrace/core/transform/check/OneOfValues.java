package io.millrace.core.transform.check;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import java.util.List;
import java.util.stream.Collectors;

/** Values are some of a list. Null is allowed. */
record OneOfValues(String column, List<Object> values, Severity severity) implements RowRule {
    private static final int SHOWN = 10;

    OneOfValues {
        values = List.copyOf(values);
    }

    @Override
    public String name() {
        return column + " in";
    }

    @Override
    public ValueTest bind(Field field) {
        ValueSet set = ValueSet.of(values, field.type());
        String reason = "is none of "
                + values.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "))
                + (values.size() > SHOWN ? ", …" : "");
        return new ValueTest() {
            private Column column;

            @Override
            public void begin(Column next) {
                column = next;
                set.begin(next);
            }

            @Override
            public String test(int row) {
                return column.isNull(row) || set.contains(row) ? null : reason;
            }
        };
    }
}
