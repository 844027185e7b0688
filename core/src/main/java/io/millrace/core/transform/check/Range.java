package io.millrace.core.transform.check;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.core.transform.clean.Outlier;
import io.millrace.core.transform.clean.RangeRule;
import java.util.Optional;

/** Values lie between bounds that belong to the range. NaN lies nowhere; null is allowed. */
record Range(String column, Optional<Object> min, Optional<Object> max, Severity severity) implements RowRule {
    @Override
    public String name() {
        return column + " range";
    }

    @Override
    public ValueTest bind(Field field) {
        RangeRule range = RangeRule.of(new Outlier(min, max, Outlier.Action.REJECT), field.type(), "range");
        return new ValueTest() {
            private Column values;

            @Override
            public void begin(Column column) {
                values = column;
                range.begin(column);
            }

            @Override
            public String test(int row) {
                RangeRule.Place place = range.place(row);
                return place == RangeRule.Place.INSIDE || values.isNull(row) ? null : range.reason(place);
            }
        };
    }
}
