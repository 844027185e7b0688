package io.millrace.connectors.postgres;

import io.millrace.api.Setting;
import io.millrace.api.WriteMode;

/** Replaces the rows of the run's window at the end of the run. */
record ReplaceWindow(
        @Setting(
                        value = "The table's column whose time says whether a row lies in the run's window.",
                        defaultValue = "created_at")
                String timeColumn)
        implements LoadMode {
    @Override
    public WriteMode writeMode() {
        return WriteMode.REPLACE_WINDOW;
    }
}
