/**
 * Computes columns from columns. A kernel knows its operands and types, nothing of names or text; failures of rows go to
 * {@link io.millrace.core.expression.kernel.RowFailures}.
 */
package io.millrace.core.expression.kernel;
