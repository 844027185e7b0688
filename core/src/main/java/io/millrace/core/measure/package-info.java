/**
 * Measures: what is computed over the rows of a group, once for all engines. Each has an accumulator whose merge is
 * associative and commutative to the last bit, so that neither the order of rows nor the way they are split ever shows.
 *
 * <p>A {@link io.millrace.core.measure.GroupTable} holds the groups of one thread in primitive arrays; what passes between
 * tables are partial rows: the key's columns and, for each accumulator, columns of its state.
 */
package io.millrace.core.measure;
