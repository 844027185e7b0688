package io.millrace.core.pipeline;

import io.millrace.api.ByteSize;
import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.DataType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connectors and a transform with settings of every kind, which do nothing. */
final class FakeConnectors {
    private FakeConnectors() {}

    static Catalog catalog() {
        return Catalog.of(List.of(new Database(), new Lake(), new Feed()), List.of(new Scrub()));
    }

    /** Can be read and written. */
    static final class Database implements Connector {
        @Override
        public String name() {
            return "database";
        }

        @Override
        public Optional<SourceFactory<?>> source() {
            return Optional.of(new SourceFactory<DatabaseSource>() {
                @Override
                public Class<DatabaseSource> settings() {
                    return DatabaseSource.class;
                }

                @Override
                public Extractor create(DatabaseSource settings, ConnectorContext context) {
                    throw MillraceException.user(
                            "the source of " + settings.table().orElse("a query"));
                }
            });
        }

        @Override
        public Optional<TargetFactory<?>> target() {
            return Optional.of(writing(DatabaseTarget.class));
        }
    }

    /** Can only be written. */
    static final class Lake implements Connector {
        @Override
        public String name() {
            return "lake";
        }

        @Override
        public Optional<TargetFactory<?>> target() {
            return Optional.of(writing(LakeTarget.class));
        }
    }

    /** Can only be read. */
    static final class Feed implements Connector {
        @Override
        public String name() {
            return "feed";
        }

        @Override
        public Optional<SourceFactory<?>> source() {
            return Optional.of(new SourceFactory<FeedSource>() {
                @Override
                public Class<FeedSource> settings() {
                    return FeedSource.class;
                }

                @Override
                public Extractor create(FeedSource settings, ConnectorContext context) {
                    throw MillraceException.user("the source of " + settings.url());
                }
            });
        }
    }

    private static <S extends Record> TargetFactory<S> writing(Class<S> settings) {
        return new TargetFactory<>() {
            @Override
            public Class<S> settings() {
                return settings;
            }

            @Override
            public Loader create(S typed, ConnectorContext context) {
                throw MillraceException.user("the target of " + typed.getClass().getSimpleName());
            }
        };
    }

    record DatabaseSource(
            @Setting("The server.") String url,
            @Setting("Who reads.") Optional<String> user,
            @Setting("The password.") Optional<Secret> password,
            @Setting("The table.") Optional<String> table,
            @Setting("The query.") Optional<String> query,
            @Setting("The columns.") List<String> columns,
            @Setting("The time column.") Optional<String> timeColumn,
            @Setting(value = "Rows at a time.", defaultValue = "1000") int fetchRows,
            @Setting(value = "How long to wait.", defaultValue = "30s") Duration timeout) {
        DatabaseSource {
            if (table.isPresent() == query.isPresent()) {
                throw new IllegalArgumentException("must have either table or query");
            }
            if (fetchRows < 1) {
                throw new InvalidSetting("fetch_rows", "must be at least 1");
            }
        }
    }

    record DatabaseTarget(
            @Setting("The table.") String table,
            @Setting(value = "How rows are written.", defaultValue = "append") TableMode mode) {}

    sealed interface TableMode permits Append, ReplaceWindow, Upsert {}

    record Append() implements TableMode {}

    record ReplaceWindow(@Setting("The slack.") Optional<Duration> slack) implements TableMode {}

    record Upsert(@Setting("The key.") List<String> key, @Setting("The version.") String version)
            implements TableMode {}

    record LakeTarget(
            @Setting("The folder.") String path,
            @Setting("The partition columns.") List<String> partitionBy,
            @Setting(value = "How rows are written.", defaultValue = "append") LakeMode mode,
            @Setting(value = "The size of a file.", defaultValue = "128MB") ByteSize fileSize) {}

    enum LakeMode {
        APPEND,
        OVERWRITE,
        OVERWRITE_PARTITIONS
    }

    record FeedSource(
            @Setting("The address.") String url,
            @Setting("The parameters.") Map<String, String> params,
            @Setting("The headers.") Map<String, String> headers,
            @Setting("How to log in.") Optional<Auth> auth,
            @Setting("The columns.") Map<String, DataType> schema) {}

    sealed interface Auth permits Bearer, Basic {}

    record Bearer(@Setting(value = "The token.", inline = true) Secret token) implements Auth {}

    record Basic(@Setting("The user.") String user, @Setting("The password.") Secret password) implements Auth {}

    /** A row transform. */
    static final class Scrub implements TransformFactory<ScrubSettings> {
        @Override
        public String name() {
            return "scrub";
        }

        @Override
        public Class<ScrubSettings> settings() {
            return ScrubSettings.class;
        }

        @Override
        public Transform create(ScrubSettings settings) {
            if (settings.types().containsKey("forbidden")) {
                throw new InvalidSetting("types.forbidden", "must not be typed");
            }
            return (input, context) -> {
                throw new UnsupportedOperationException();
            };
        }
    }

    record ScrubSettings(
            @Setting(value = "Strings.", defaultValue = "{}") Strings strings,
            @Setting("Defaults for nulls.") Map<String, Object> defaults,
            @Setting("Types.") Map<String, DataType> types,
            @Setting("Outliers.") Map<String, Bounds> outliers) {}

    record Strings(
            @Setting(value = "Trim.", defaultValue = "true") boolean trim,
            @Setting(value = "Collapse.", defaultValue = "true") boolean collapse) {}

    record Bounds(
            @Setting("The least.") Optional<Double> min,
            @Setting("The most.") Optional<Double> max,
            @Setting(value = "What to do.", defaultValue = "reject") Action action) {
        Bounds {
            if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
                throw new InvalidSetting("min", "must not be above max");
            }
        }
    }

    enum Action {
        REJECT,
        CLAMP,
        SET_NULL
    }
}
