package io.millrace.core.ledger;

/**
 * The right to work on a run key. A higher epoch has ended this one: the ledger then refuses its writes.
 *
 * @param key the run key's text
 */
public record Lease(String key, long epoch) {}
