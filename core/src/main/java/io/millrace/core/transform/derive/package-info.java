/** The step {@code derive}: computes columns; docs/transforms/derive.md. */
package io.millrace.core.transform.derive;
