/**
 * The {@code clean} transform: text, nulls, types and outliers, column by column. What each rule means for a cell is
 * written down in docs/transforms/clean.md, and tested by the golden cases beside the tests.
 */
package io.millrace.core.transform.clean;
