package io.millrace.core.lookup;

import java.time.Duration;
import java.util.Optional;

/**
 * The columns of a table of versions.
 *
 * @param from since when a version holds, inclusive
 * @param to until when, exclusive; empty: until the next version
 * @param tolerance how old a version may be at most; empty: any age
 */
public record Validity(String from, Optional<String> to, Optional<Duration> tolerance) {}
