/**
 * What is learned from a column's values: exact sums, quantiles, counts of values, the statistics of them, and the fit file
 * that keeps all this. Every result is a function of the multiset of values: order, splits and threads make no difference.
 */
package io.millrace.core.learned;
