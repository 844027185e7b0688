package io.millrace.testkit.golden;

/**
 * A rejected row.
 *
 * @param row its {@link GoldenCase#rowNumber}, or -1 where it is no source row but a group of them
 * @param step the label of the step that refused it
 * @param column at fault, or null
 */
public record GoldenReject(long row, String step, String column, String reason) {}
