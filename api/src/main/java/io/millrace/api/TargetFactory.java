package io.millrace.api;

import java.util.Map;
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

    /**
     * The settings that say what of the outside system is written, where a Java program names it apart from the others: a
     * table, a topic, a path. A user error where this connector does not take names.
     */
    default Map<String, String> settingsFor(String name) {
        throw MillraceException.user(
                "this connector does not know what to write by the name '" + name + "'; say it in its settings");
    }

    /** The target as a table that an engine may write with its own code, if it is one. */
    default Optional<LakeTable> lakeTable(S settings) {
        return Optional.empty();
    }

    /** What is written, where it can be compared with what another pipeline reads or writes. Touches nothing outside. */
    default Optional<DataSet> dataSet(S settings, ConnectorContext context) {
        return Optional.empty();
    }
}
