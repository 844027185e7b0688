package io.millrace.core.pipeline;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.LakeTable;
import io.millrace.api.Loader;
import io.millrace.api.TargetFactory;
import io.millrace.core.config.Place;
import java.util.Optional;

/**
 * Where a pipeline writes.
 *
 * @param connector the connector's name
 * @param settings of the class that the factory asks for
 */
public record TargetDefinition(String connector, TargetFactory<?> factory, Record settings, Place place) {
    /** A loader; touches nothing outside yet. */
    public Loader create(ConnectorContext context) {
        return create(factory, context);
    }

    /** The target as a table that an engine may write with its own code, if it is one. */
    public Optional<LakeTable> lakeTable() {
        return lakeTable(factory);
    }

    /** What is written, where it can be compared with what another pipeline reads or writes. */
    public Optional<DataSet> dataSet(ConnectorContext context) {
        return dataSet(factory, context);
    }

    private <S extends Record> Optional<DataSet> dataSet(TargetFactory<S> typed, ConnectorContext context) {
        return typed.dataSet(typed.settings().cast(settings), context);
    }

    private <S extends Record> Loader create(TargetFactory<S> typed, ConnectorContext context) {
        return typed.create(typed.settings().cast(settings), context);
    }

    private <S extends Record> Optional<LakeTable> lakeTable(TargetFactory<S> typed) {
        return typed.lakeTable(typed.settings().cast(settings));
    }
}
