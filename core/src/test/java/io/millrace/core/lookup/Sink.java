package io.millrace.core.lookup;

import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Loader;
import io.millrace.api.Setting;
import io.millrace.api.TargetFactory;
import java.util.Optional;

/** A connector that can only be written, and that nobody writes. */
public record Sink() implements Connector {
    record Settings(@Setting("A path.") String path) {}

    @Override
    public String name() {
        return "sink";
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new TargetFactory<Settings>() {
            @Override
            public Class<Settings> settings() {
                return Settings.class;
            }

            @Override
            public Loader create(Settings settings, ConnectorContext context) {
                throw new UnsupportedOperationException();
            }
        });
    }
}
