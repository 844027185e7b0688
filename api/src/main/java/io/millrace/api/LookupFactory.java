package io.millrace.api;

/**
 * Makes look-ups from settings. Immutable and thread-safe.
 *
 * @param <S> the settings record, see {@link Setting}
 */
public interface LookupFactory<S extends Record> {
    Class<S> settings();

    /** A look-up with these settings. */
    Lookup create(S settings, ConnectorContext context);
}
