package io.millrace.core.transform.normalize;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import java.util.List;

/** A rule bound to one column. One thread. Null stays null. */
abstract class Kernel {
    private final List<Field> outputs;

    Kernel(List<Field> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    final List<Field> outputs() {
        return outputs;
    }

    /** A column for each output; rows whose value has no result are told to {@code refused}. */
    abstract List<Column> apply(Column input, RefusedRows refused);
}
