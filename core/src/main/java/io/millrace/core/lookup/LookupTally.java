package io.millrace.core.lookup;

/**
 * How many rows a process has looked up for a step, and how many found nothing.
 *
 * @param step the name of the look-up
 */
public record LookupTally(String step, long asked, long missed) {}
