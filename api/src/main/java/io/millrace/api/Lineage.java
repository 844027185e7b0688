package io.millrace.api;

import java.io.Serializable;

/**
 * The stable name of a pipeline's state in a target.
 *
 * @param pipeline the pipeline's name
 * @param id made once, kept in the ledger (batch) or the engine's state (stream), never used again after a fresh start;
 *     only letters, digits and '-'
 */
public record Lineage(String pipeline, String id) implements Serializable {}
