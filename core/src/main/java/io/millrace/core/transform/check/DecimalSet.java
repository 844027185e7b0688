package io.millrace.core.transform.check;

import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import java.util.List;

/** Decimals of one precision and scale, compared as unscaled numbers. */
final class DecimalSet extends ValueSet {
    private final DecimalColumn[] values;
    private DecimalColumn column;

    DecimalSet(List<Column> values) {
        this.values = values.toArray(DecimalColumn[]::new);
    }

    @Override
    void begin(Column next) {
        column = (DecimalColumn) next;
    }

    @Override
    boolean contains(int row) {
        long low = column.low()[row];
        for (DecimalColumn value : values) {
            if (value.low()[0] == low && (column.high() == null || value.high()[0] == column.high()[row])) {
                return true;
            }
        }
        return false;
    }
}
