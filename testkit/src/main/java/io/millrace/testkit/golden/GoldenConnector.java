package io.millrace.testkit.golden;

import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both ends of {@link GoldenCase#pipeline()}, for engines that run in the test's process. */
public final class GoldenConnector implements Connector {
    private final GoldenCase golden;
    private final GoldenTarget target = new GoldenTarget();

    public GoldenConnector(GoldenCase golden) {
        this.golden = golden;
    }

    /** The rows that the run has loaded. */
    public List<Map<String, Object>> rows() {
        return target.rows();
    }

    /** The columns of those rows; null before a run has come so far. */
    public Schema columns() {
        return target.columns();
    }

    @Override
    public String name() {
        return "golden";
    }

    record NoSettings() {}

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new SourceFactory<NoSettings>() {
            @Override
            public Class<NoSettings> settings() {
                return NoSettings.class;
            }

            @Override
            public Extractor create(NoSettings settings, ConnectorContext context) {
                return new GoldenSource(golden);
            }
        });
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new TargetFactory<NoSettings>() {
            @Override
            public Class<NoSettings> settings() {
                return NoSettings.class;
            }

            @Override
            public Loader create(NoSettings settings, ConnectorContext context) {
                return target;
            }
        });
    }
}
