/**
 * The functions that expressions may call. {@link io.millrace.core.expression.function.Functions} knows all of them;
 * docs/reference/expressions.md describes each.
 */
package io.millrace.core.expression.function;
