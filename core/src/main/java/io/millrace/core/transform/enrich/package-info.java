/** The step {@code enrich}: columns of another table, by key, and as of a time where it holds versions. */
package io.millrace.core.transform.enrich;
