/** The step {@code filter}: keeps the rows that meet a condition; docs/transforms/filter.md. */
package io.millrace.core.transform.filter;
