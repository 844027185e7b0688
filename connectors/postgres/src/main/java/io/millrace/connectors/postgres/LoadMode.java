package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.WriteMode;
import java.util.HashSet;
import java.util.List;

/** What happens to rows that are in the table already. */
sealed interface LoadMode {
    WriteMode writeMode();

    /** Adds rows, piece by piece. */
    record Append() implements LoadMode {
        @Override
        public WriteMode writeMode() {
            return WriteMode.APPEND;
        }
    }

    /** Replaces all rows at the end of the run. */
    record Overwrite() implements LoadMode {
        @Override
        public WriteMode writeMode() {
            return WriteMode.OVERWRITE;
        }
    }

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

    /** Replaces rows by key, piece by piece. */
    record Upsert(
            @Setting(value = "The columns that identify a row.", example = "[event_id]") List<String> key,
            @Setting(
                            value =
                                    "Of rows with the same key the one with the greatest values here stays, in the table"
                                            + " too; where they are equal, or this is absent, the later one.",
                            example = "[updated_at]")
                    List<String> orderBy)
            implements LoadMode {
        public Upsert {
            key = List.copyOf(key);
            orderBy = List.copyOf(orderBy);
            if (key.isEmpty()) {
                throw new InvalidSetting("key", "is missing; name the columns that identify a row, as in [event_id]");
            }
            refuseRepeated("key", key);
            refuseRepeated("order_by", orderBy);
        }

        @Override
        public WriteMode writeMode() {
            return WriteMode.UPSERT;
        }

        private static void refuseRepeated(String setting, List<String> columns) {
            if (new HashSet<>(columns).size() < columns.size()) {
                throw new InvalidSetting(setting, "names a column twice");
            }
        }
    }
}
