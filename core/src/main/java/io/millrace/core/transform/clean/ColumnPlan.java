package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;

/**
 * What is done to one column, in this order; absent steps are null.
 *
 * @param filling one row: the value that replaces null after the conversion
 */
record ColumnPlan(
        int position,
        Field output,
        TextCleaner cleaner,
        NullPolicy policy,
        CellConversion conversion,
        Column filling,
        RangeRule range) {}
