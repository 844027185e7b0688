package io.millrace.connectors.delta;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.WriteMode;
import java.util.HashSet;
import java.util.List;

/** What happens to rows that are already in the table. */
sealed interface LoadMode {
    WriteMode writeMode();

    /** The columns that tell rows apart; empty but for {@link Upsert}. */
    default List<String> key() {
        return List.of();
    }

    /** Adds rows. */
    record Append() implements LoadMode {
        @Override
        public WriteMode writeMode() {
            return WriteMode.APPEND;
        }
    }

    /** Replaces all rows. */
    record Overwrite() implements LoadMode {
        @Override
        public WriteMode writeMode() {
            return WriteMode.OVERWRITE;
        }
    }

    /** Replaces the partitions that the run has rows for. */
    record OverwritePartitions() implements LoadMode {
        @Override
        public WriteMode writeMode() {
            return WriteMode.OVERWRITE_PARTITIONS;
        }
    }

    /** Replaces the rows whose key the run has too. */
    record Upsert(@Setting(value = "The columns that tell rows apart.", example = "[event_id]") List<String> key)
            implements LoadMode {
        public Upsert {
            key = List.copyOf(key);
            if (key.isEmpty()) {
                throw new InvalidSetting("key", "is empty; name the columns that tell rows apart");
            }
            if (new HashSet<>(key).size() < key.size()) {
                throw new InvalidSetting("key", "names a column twice");
            }
        }

        @Override
        public WriteMode writeMode() {
            return WriteMode.UPSERT;
        }
    }
}
