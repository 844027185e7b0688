package io.millrace.core.embedded;

import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.transform.clean.CleanFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connector whose tables and folders are in memory. */
final class MemoryConnector implements Connector {
    record SourceSettings(
            @Setting("A host.") String host,
            @Setting("A password.") Optional<Secret> password,
            @Setting("A table.") String table) {}

    record TargetSettings(@Setting("A folder.") String path) {}

    /** A table's columns and rows; {@code broken}: how many openings of a split fail half way. */
    static final class Table {
        final Schema schema;
        final List<Map<String, Object>> rows;
        int broken;
        int opened;
        boolean rejectsFirst;

        Table(Schema schema, List<Map<String, Object>> rows) {
            this.schema = schema;
            this.rows = rows;
        }
    }

    final Map<String, Table> tables = new LinkedHashMap<>();
    final Map<String, List<Map<String, Object>>> folders = new LinkedHashMap<>();
    final List<String> passwords = new ArrayList<>();
    int openExtractors;
    int failingCommits;
    boolean failingWrites;

    Catalog catalog() {
        return Catalog.of(List.of(this), List.of(new CleanFactory()));
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new SourceFactory<SourceSettings>() {
            @Override
            public Class<SourceSettings> settings() {
                return SourceSettings.class;
            }

            @Override
            public Extractor create(SourceSettings settings, ConnectorContext context) {
                settings.password().map(Secret::reveal).ifPresent(passwords::add);
                openExtractors++;
                return new MemoryExtractor(MemoryConnector.this, settings.table());
            }

            @Override
            public Map<String, String> settingsFor(String name) {
                return Map.of("table", name);
            }
        });
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new TargetFactory<TargetSettings>() {
            @Override
            public Class<TargetSettings> settings() {
                return TargetSettings.class;
            }

            @Override
            public Loader create(TargetSettings settings, ConnectorContext context) {
                return new MemoryLoader(MemoryConnector.this, settings.path());
            }

            @Override
            public Map<String, String> settingsFor(String name) {
                return Map.of("path", name);
            }
        });
    }
}
