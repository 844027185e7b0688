/** The steps between source and target, bound to schemas and applied in order. */
package io.millrace.core.step;
