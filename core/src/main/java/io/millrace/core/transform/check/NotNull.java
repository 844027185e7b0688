package io.millrace.core.transform.check;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;

/** The column is not null. */
record NotNull(String column, Severity severity) implements RowRule {
    @Override
    public String name() {
        return column + " not_null";
    }

    @Override
    public ValueTest bind(Field field) {
        return new ValueTest() {
            private Column values;

            @Override
            public void begin(Column column) {
                values = column;
            }

            @Override
            public boolean needed() {
                return values.nulls().any();
            }

            @Override
            public String test(int row) {
                return values.isNull(row) ? "is null" : null;
            }
        };
    }
}
