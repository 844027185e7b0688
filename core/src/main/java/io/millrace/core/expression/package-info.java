/**
 * SQL expressions over the columns of a batch: read from text into a small tree of our own, bound to a schema, evaluated
 * column by column. Semantics: docs/reference/expressions.md.
 *
 * <p>Package kernel computes columns, package function knows the functions by name; neither knows the tree.
 */
package io.millrace.core.expression;
