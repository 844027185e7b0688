package io.millrace.connectors.postgres;

import io.millrace.api.WriteMode;

/** What happens to rows that are in the table already. */
sealed interface LoadMode permits Append, Overwrite, ReplaceWindow, Upsert {
    WriteMode writeMode();
}
