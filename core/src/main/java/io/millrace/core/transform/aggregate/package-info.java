/**
 * The keyed step {@code aggregate}: measures by key, over all rows of a run or by windows in event time. What each setting
 * and measure means is written down in docs/transforms/aggregate.md.
 */
package io.millrace.core.transform.aggregate;
