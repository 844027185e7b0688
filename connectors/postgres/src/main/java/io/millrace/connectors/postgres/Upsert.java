package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.WriteMode;
import java.util.HashSet;
import java.util.List;

/** Replaces rows by key, piece by piece. */
record Upsert(
        @Setting(value = "The columns that identify a row.", example = "[event_id]") List<String> key,
        @Setting(
                        value = "Of rows with the same key the one with the greatest values here stays, in the table"
                                + " too; where they are equal, or this is absent, the later one.",
                        example = "[updated_at]")
                List<String> orderBy)
        implements LoadMode {
    Upsert {
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
