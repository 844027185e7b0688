package io.millrace.core.pipeline;

import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stand-ins for the connectors and steps that the documentation's examples name. */
final class DocumentedCatalog {
    private DocumentedCatalog() {}

    static Catalog catalog() {
        return Catalog.of(List.of(new Postgres(), new Parquet()), List.of(new Clean()));
    }

    private record Postgres(String name) implements Connector {
        Postgres() {
            this("postgres");
        }

        @Override
        public Optional<SourceFactory<?>> source() {
            return Optional.of(new SourceFactory<PostgresSettings>() {
                @Override
                public Class<PostgresSettings> settings() {
                    return PostgresSettings.class;
                }

                @Override
                public Extractor create(PostgresSettings settings, ConnectorContext context) {
                    throw new UnsupportedOperationException();
                }
            });
        }
    }

    private record Parquet(String name) implements Connector {
        Parquet() {
            this("parquet");
        }

        @Override
        public Optional<TargetFactory<?>> target() {
            return Optional.of(new TargetFactory<ParquetSettings>() {
                @Override
                public Class<ParquetSettings> settings() {
                    return ParquetSettings.class;
                }

                @Override
                public Loader create(ParquetSettings settings, ConnectorContext context) {
                    throw new UnsupportedOperationException();
                }
            });
        }
    }

    private record Clean(String name) implements TransformFactory<CleanSettings> {
        Clean() {
            this("clean");
        }

        @Override
        public Class<CleanSettings> settings() {
            return CleanSettings.class;
        }

        @Override
        public Transform create(CleanSettings settings) {
            return (input, context) -> {
                throw new UnsupportedOperationException();
            };
        }
    }

    private record PostgresSettings(
            @Setting("The server.") String url,
            @Setting("The role.") Optional<String> user,
            @Setting("Its password.") Optional<Secret> password,
            @Setting("The table.") Optional<String> table,
            @Setting("The query.") Optional<String> query,
            @Setting("The columns.") List<String> columns,
            @Setting("The time column.") Optional<String> timeColumn) {}

    private record ParquetSettings(
            @Setting("The folder.") String path,
            @Setting("The partition columns.") List<String> partitionBy,
            @Setting(value = "The mode.", defaultValue = "append") FakeConnectors.LakeMode mode) {}

    private record CleanSettings(@Setting("Types.") Map<String, DataType> types) {}
}
