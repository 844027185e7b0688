package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;

/** A conversion whose values go to a column builder, one for each row. */
abstract class BuildingConversion<B extends ColumnBuilder> extends CellConversion {
    final DataType target;
    final B out;

    @SuppressWarnings("unchecked") // The builder's class follows from the type, as ColumnBuilder.of says.
    BuildingConversion(DataType target) {
        this.target = target;
        this.out = (B) ColumnBuilder.of(target);
    }

    @Override
    final void skip() {
        out.appendNull();
    }

    @Override
    final Column end(int length, NullBitmap nulls) {
        return out.build();
    }

    /** Appends any value as its Java object or fails; for conversions too rare to deserve a typed path. */
    final String appendOr(Object value, String reason) {
        try {
            out.append(value);
            return null;
        } catch (IllegalArgumentException doesNotFit) {
            return reason;
        }
    }
}
