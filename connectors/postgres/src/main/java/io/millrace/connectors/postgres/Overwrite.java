package io.millrace.connectors.postgres;

import io.millrace.api.WriteMode;

/** Replaces all rows at the end of the run. */
record Overwrite() implements LoadMode {
    @Override
    public WriteMode writeMode() {
        return WriteMode.OVERWRITE;
    }
}
