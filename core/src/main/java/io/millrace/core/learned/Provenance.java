package io.millrace.core.learned;

import java.time.Instant;

/**
 * Where parameters come from.
 *
 * @param source as the extractor describes itself, without secrets
 * @param window as typed, or {@code all}
 * @param extracted source rows that were read
 * @param rejected of them, rows that a step before refused
 * @param definition the hash of the pipeline's definition at that time
 * @param version of Millrace
 */
public record Provenance(
        String pipeline,
        String source,
        String window,
        long extracted,
        long rejected,
        Instant learnedAt,
        String definition,
        String version) {}
