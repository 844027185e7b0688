package com.example.reviews;

import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.SourceFactory;
import java.util.Optional;

/** Text files, line by line: {@code extract: {lines: {path: notes.txt}}}. Named in META-INF/services. */
public final class LinesConnector implements Connector {
    @Override
    public String name() {
        return "lines";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new SourceFactory<LinesSettings>() {
            @Override
            public Class<LinesSettings> settings() {
                return LinesSettings.class;
            }

            @Override
            public Extractor create(LinesSettings settings, ConnectorContext context) {
                return new LinesExtractor(context.directory().resolve(settings.path()));
            }
        });
    }
}
