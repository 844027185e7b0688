/** Sums and quotients of float64 without any rounding, and the one place where the exact result is rounded. */
package io.millrace.core.exact;
