package io.millrace.connectors.postgres;

import io.millrace.api.WriteMode;

/** Adds rows, piece by piece. */
record Append() implements LoadMode {
    @Override
    public WriteMode writeMode() {
        return WriteMode.APPEND;
    }
}
