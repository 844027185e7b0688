package io.millrace.core.embedded;

import io.millrace.api.Connector;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.TargetFactory;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.pipeline.Catalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An outside system to write to, by a connector's name and its settings.
 *
 * <p>Records loaded here become visible together at {@link #commit} (in Redis, one by one before it); what was not committed
 * when the target is closed, is discarded. Each commit is one write in the target's mode: {@code overwrite} replaces what the
 * commit before it wrote. There is no ledger, so that a program which repeats itself appends again; exactly once is what a
 * {@link Pipeline} does, which uses the settings only. One thread.
 */
public final class Target implements AutoCloseable {
    private final Connector connector;
    private final TargetFactory<?> factory;
    private final Map<String, Object> settings;
    private InferredColumns inferred = new InferredColumns();
    private Load load;

    private Target(Connector connector, TargetFactory<?> factory, Map<String, Object> settings) {
        this.connector = connector;
        this.factory = factory;
        this.settings = settings;
    }

    /**
     * A target with the settings that a pipeline file would have below {@code load}; what names the table or folder may be
     * left out where only a {@link Pipeline} uses it. A user error lists everything that is wrong with them. Touches nothing.
     */
    public static Target of(String connector, Map<String, ?> settings) {
        return of(Catalog.load(), connector, settings);
    }

    static Target of(Catalog catalog, String connector, Map<String, ?> settings) {
        Connector found = Plugins.require("connector", catalog.connectors(), connector);
        TargetFactory<?> factory = found.target()
                .orElseThrow(() ->
                        MillraceException.user("the connector '" + connector + "' can be read only, not written"));
        Target target = new Target(found, factory, new LinkedHashMap<>(settings));
        Map<String, Object> complete = new LinkedHashMap<>(factory.settingsFor("any"));
        complete.putAll(settings);
        target.create(factory, complete).close();
        return target;
    }

    /**
     * Begins to load records of these columns: creates the table or folder where it is missing, checks that it takes them
     * where it is there. Without this call, the first batch's values tell the columns. IllegalStateException while records
     * of other columns wait for a commit.
     */
    public void createTableIfNotExists(Schema schema) {
        if (load == null) {
            load = Load.begin(create(factory, settings), schema);
        } else if (!load.schema().equals(schema)) {
            throw new IllegalStateException("records of " + load.schema() + " are waiting; commit or close first");
        }
    }

    /**
     * Stages one record, at a cost that many at once do not have.
     *
     * @return false where the record does not fit the columns, or the target refuses it
     */
    public boolean load(Map<String, ?> record) {
        return loadBatch(List.of(record)).loaded() == 1;
    }

    /**
     * Stages records. An exception means that the target failed, not a record: then nothing since the last commit can be
     * saved, and the target must be closed.
     */
    public LoadResult loadBatch(List<? extends Map<String, ?>> records) {
        if (records.isEmpty()) {
            return new LoadResult(0, 0, List.of());
        }
        if (load == null) {
            createTableIfNotExists(inferred.with(records));
        }
        return load.write(records);
    }

    /**
     * Makes everything staged since the last commit visible, or does nothing where nothing was begun. Where it fails, it may
     * be called again, and only it.
     */
    public void commit() {
        if (load != null) {
            load.commit();
            load = null;
        }
    }

    /** Discards what was not committed, and releases everything. */
    @Override
    public void close() {
        if (load != null) {
            load.close();
            load = null;
        }
    }

    Connector connector() {
        return connector;
    }

    /** The settings, with what the name stands for. */
    Map<String, Object> settingsFor(String target) {
        Map<String, Object> named = new LinkedHashMap<>(settings);
        named.putAll(factory.settingsFor(target));
        return named;
    }

    private <S extends Record> Loader create(TargetFactory<S> typed, Map<String, Object> complete) {
        S bound = SettingsMaps.bind(typed.settings(), "target " + connector.name(), complete);
        return typed.create(bound, Plugins.connectorContext());
    }
}
