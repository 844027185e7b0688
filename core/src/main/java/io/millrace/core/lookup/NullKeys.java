package io.millrace.core.lookup;

import io.millrace.api.data.Column;

/** Rows whose key has a null: they match nothing. */
final class NullKeys {
    private NullKeys() {}

    static boolean any(Column[] keys) {
        for (Column key : keys) {
            if (key.nulls().any()) {
                return true;
            }
        }
        return false;
    }

    static boolean isNull(Column[] keys, int row) {
        for (Column key : keys) {
            if (key.isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
