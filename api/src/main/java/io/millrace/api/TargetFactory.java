package io.millrace.api;

import java.util.Optional;

/**
 * Makes loaders from settings. Immutable and thread-safe.
 *
 * @param <S> the settings record, see {@link Setting}
 */
public interface TargetFactory<S extends Record> {
    Class<S> settings();

    /** A loader with these settings; touches nothing outside yet. */
    Loader create(S settings, ConnectorContext context);

    /** The target as a table that an engine may write with its own code, if it is one. */
    default Optional<LakeTable> lakeTable(S settings) {
        return Optional.empty();
    }
}
