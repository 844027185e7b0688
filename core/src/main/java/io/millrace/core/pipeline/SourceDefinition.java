package io.millrace.core.pipeline;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.LakeTable;
import io.millrace.api.SourceFactory;
import io.millrace.core.config.Place;
import java.util.Optional;

/**
 * Where a pipeline reads.
 *
 * @param connector the connector's name
 * @param settings of the class that the factory asks for
 */
public record SourceDefinition(String connector, SourceFactory<?> factory, Record settings, Place place) {
    /** An extractor; touches nothing outside yet. */
    public Extractor create(ConnectorContext context) {
        return create(factory, context);
    }

    /** The source as a table that an engine may read with its own code, if it is one. */
    public Optional<LakeTable> lakeTable() {
        return lakeTable(factory);
    }

    /** What is read, where it can be compared with what another pipeline reads or writes. */
    public Optional<DataSet> dataSet(ConnectorContext context) {
        return dataSet(factory, context);
    }

    private <S extends Record> Optional<DataSet> dataSet(SourceFactory<S> typed, ConnectorContext context) {
        return typed.dataSet(typed.settings().cast(settings), context);
    }

    private <S extends Record> Extractor create(SourceFactory<S> typed, ConnectorContext context) {
        return typed.create(typed.settings().cast(settings), context);
    }

    private <S extends Record> Optional<LakeTable> lakeTable(SourceFactory<S> typed) {
        return typed.lakeTable(typed.settings().cast(settings));
    }
}
