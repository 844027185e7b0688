package io.millrace.core.transform.clean;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import java.util.EnumSet;
import java.util.Set;

/** true and false become those words, or 1 and 0. */
final class FromBoolean extends BuildingConversion<ColumnBuilder> {
    static final Set<Kind> SUPPORTS = EnumSet.of(Kind.INT32, Kind.INT64, Kind.STRING);

    private final Object whenTrue;
    private final Object whenFalse;
    private boolean[] values;

    FromBoolean(DataType target) {
        super(target);
        Kind kind = target.kind();
        this.whenTrue = kind == Kind.INT32 ? (Object) 1 : kind == Kind.INT64 ? (Object) 1L : "true";
        this.whenFalse = kind == Kind.INT32 ? (Object) 0 : kind == Kind.INT64 ? (Object) 0L : "false";
    }

    @Override
    void begin(Column column) {
        values = ((BooleanColumn) column).values();
    }

    @Override
    String convert(int row) {
        out.append(values[row] ? whenTrue : whenFalse);
        return null;
    }
}
