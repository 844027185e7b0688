package io.millrace.api;

import java.util.Map;
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

    /**
     * The settings that say what of the outside system is read, where a Java program names it apart from the others: a table
     * or a query, a topic, a path. A user error where this connector does not take names.
     */
    default Map<String, String> settingsFor(String name) {
        throw MillraceException.user(
                "this connector does not know what to read by the name '" + name + "'; say it in its settings");
    }

    /** The source as a table that an engine may read with its own code, if it is one. */
    default Optional<LakeTable> lakeTable(S settings) {
        return Optional.empty();
    }

    /** What is read, where it can be compared with what another pipeline reads or writes. Touches nothing outside. */
    default Optional<DataSet> dataSet(S settings, ConnectorContext context) {
        return Optional.empty();
    }
}
