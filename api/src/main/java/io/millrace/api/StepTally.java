package io.millrace.api;

import java.io.Serializable;

/**
 * What passed one step while a piece was worked on: the reading of the source, a transform, or the writing. For people who
 * ask where rows and time go; what a report sums up are the {@link Counts}.
 *
 * @param step its label
 * @param rowsIn rows that came to it
 * @param rowsOut rows that it passed on
 * @param nanos spent in it, by the clock on the wall
 */
public record StepTally(String step, long rowsIn, long rowsOut, long nanos) implements Serializable {}
