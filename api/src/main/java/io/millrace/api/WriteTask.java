package io.millrace.api;

import java.io.Serializable;

/**
 * What a writer writes for.
 *
 * @param unit the commit that the piece belongs to: a run's id, a stream's checkpoint
 * @param piece the piece's name, stable over attempts ({@code split-42.0}); letters, digits, '.', '_' and '-'
 * @param attempt tells attempts at the piece apart; it does not fence
 * @param fence held by the run
 */
public record WriteTask(Lineage lineage, String unit, String piece, int attempt, Fence fence) implements Serializable {}
