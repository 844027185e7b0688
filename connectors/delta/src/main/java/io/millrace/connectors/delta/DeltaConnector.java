package io.millrace.connectors.delta;

import io.millrace.api.Connector;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import java.util.Optional;

/** Delta tables: {@code delta} in pipeline files. */
public final class DeltaConnector implements Connector {
    @Override
    public String name() {
        return "delta";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new DeltaSource());
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new DeltaTarget());
    }
}
