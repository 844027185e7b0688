/**
 * Windows in event time, without any engine: which windows an event belongs to, and where they begin and end. Times are
 * microseconds since 1970-01-01T00:00:00Z. A window holds its start and not its end.
 */
package io.millrace.core.window;
