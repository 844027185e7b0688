package io.millrace.connectors.delta;

/** What an increment does about commits that took rows out of the table: deletes, updates, overwrites. */
enum ChangePolicy {
    /** Stops, and names the commit. */
    REFUSE,
    /** Takes what they added: rows that were rewritten come again, and rows that were removed are not seen to go. */
    REDELIVER
}
