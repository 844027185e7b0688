package io.millrace.api;

import java.util.Optional;

/**
 * An outside system that pipeline files may name. Found by {@link java.util.ServiceLoader}; immutable and thread-safe.
 *
 * <p>The class itself and its settings load with JDK classes only; client libraries are first touched by what the
 * factories create, so that every engine can ask every connector what it is.
 */
public interface Connector {
    /** The key in pipeline files, under {@code extract} and {@code load}. */
    String name();

    /** How to read it, if it can be read. */
    default Optional<SourceFactory<?>> source() {
        return Optional.empty();
    }

    /** How to write it, if it can be written. */
    default Optional<TargetFactory<?>> target() {
        return Optional.empty();
    }

    /** How to ask it for single keys, if it can be asked. */
    default Optional<LookupFactory<?>> lookup() {
        return Optional.empty();
    }
}
