package io.millrace.core.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * One process's attempt at a run.
 *
 * @param number from 1
 * @param process its id on the host
 * @param scheduledBy who asked for it, as a scheduler says: a DAG, its run, its task and try
 */
public record Attempt(int number, Instant started, String host, long process, Optional<String> scheduledBy) {}
