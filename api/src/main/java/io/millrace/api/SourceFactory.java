package io.millrace.api;

import java.util.Optional;

/**
 * Makes extractors from settings. Immutable and thread-safe.
 *
 * @param <S> the settings record, see {@link Setting}
 */
public interface SourceFactory<S extends Record> {
    Class<S> settings();

    /** An extractor with these settings; touches nothing outside yet. */
    Extractor create(S settings, ConnectorContext context);

    /** The source as a table that an engine may read with its own code, if it is one. */
    default Optional<LakeTable> lakeTable(S settings) {
        return Optional.empty();
    }
}
