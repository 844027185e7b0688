package io.millrace.sandbox;

import java.time.Instant;

/**
 * A record that a {@link ScriptedApi} serves.
 *
 * @param created decides whether the parameters since (inclusive) and before (exclusive) let it through
 * @param json its text
 */
public record ApiRecord(Instant created, String json) {}
