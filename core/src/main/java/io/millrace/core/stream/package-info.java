/** Pipelines that run without end: what is asked of an engine of streams, and what it tells of them. */
package io.millrace.core.stream;
