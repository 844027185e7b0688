/** Coordinates runs: decides whether to begin, resume or leave one, plans it, has an engine work it off, and commits. */
package io.millrace.core.coordinator;
