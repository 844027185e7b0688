/**
 * The step {@code check}: rules that rows, columns and whole runs must keep. Rules about rows are {@link
 * io.millrace.core.transform.check.RowRule}s, rules about keys {@link io.millrace.core.transform.check.KeyRule}s, rules
 * about the run {@link io.millrace.core.transform.check.RunRule}s; all are judged on sums over pieces.
 */
package io.millrace.core.transform.check;
