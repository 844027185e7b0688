/** Steps whose result for a row depends on other rows of its key, and the exchange that brings those rows together. */
package io.millrace.core.keyed;
