package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Lookup;
import io.millrace.api.LookupFactory;
import io.millrace.api.SourceFactory;
import java.util.Optional;

/** Where a step looks rows up: one connector and its settings. */
public sealed interface LookupSource {
    /** The connector's name. */
    String connector();

    /** InvalidSetting where one of these settings is for the other kind of source. */
    default void refuseForeign(Optional<ByteSize> memory, Optional<CacheSettings> cache) {
        if (this instanceof ByKey && memory.isPresent()) {
            throw new InvalidSetting(
                    "memory", "is for tables read whole; cache.size limits what is kept of a server's answers");
        }
        if (this instanceof Whole && cache.isPresent()) {
            throw new InvalidSetting(
                    "cache", "is for servers asked by key; a table read whole is held in memory anyway");
        }
    }

    /**
     * Read whole, once per run.
     *
     * @param settings of the class that the factory asks for
     */
    record Whole(String connector, SourceFactory<?> factory, Record settings) implements LookupSource {
        /** An extractor; touches nothing outside yet. */
        Extractor open(ConnectorContext context) {
            return open(factory, context);
        }

        private <S extends Record> Extractor open(SourceFactory<S> typed, ConnectorContext context) {
            return typed.create(typed.settings().cast(settings), context);
        }
    }

    /**
     * Asked for single keys while the run goes on.
     *
     * @param settings of the class that the factory asks for
     */
    record ByKey(String connector, LookupFactory<?> factory, Record settings) implements LookupSource {
        /** A look-up for one thread. */
        Lookup open(ConnectorContext context) {
            return open(factory, context);
        }

        private <S extends Record> Lookup open(LookupFactory<S> typed, ConnectorContext context) {
            return typed.create(typed.settings().cast(settings), context);
        }
    }
}
