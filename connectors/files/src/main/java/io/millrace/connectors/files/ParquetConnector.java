package io.millrace.connectors.files;

import io.millrace.api.Connector;
import io.millrace.api.TargetFactory;
import java.util.Optional;

/** Folders of Parquet files: {@code parquet} in pipeline files. */
public final class ParquetConnector implements Connector {
    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new ParquetTarget());
    }
}
