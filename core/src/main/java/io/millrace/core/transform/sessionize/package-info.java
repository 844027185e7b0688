/** {@code sessionize}: what the earlier events of its key say about an event. */
package io.millrace.core.transform.sessionize;
