package io.millrace.core.lookup;

import io.millrace.api.BatchReader;
import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Lookup;
import io.millrace.api.LookupFactory;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.api.SourceFactory;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A connector of tables in memory, read whole or asked by key, with faults on demand. */
public final class MemoryTables implements Connector {
    public static final ConnectorContext CONTEXT =
            new ConnectorContext(Path.of(""), new RetryPolicy(3, Duration.ZERO, Duration.ZERO));

    public record Settings(@Setting("The table.") String table, @Setting("A password.") Optional<Secret> password) {}

    private record Table(Schema schema, List<Map<String, Object>> rows) {}

    private final Map<String, Table> tables = new LinkedHashMap<>();

    /** How often a table was planned, that is, read. */
    public int reads;
    /** How many openings fail. */
    public int failures;

    public boolean incremental;
    public boolean rejects;
    /** The keys of each question, as they were asked. */
    public final List<List<Map<String, Object>>> questions = new ArrayList<>();

    public int connections;

    public MemoryTables put(String name, Schema schema, List<Map<String, Object>> rows) {
        tables.put(name, new Table(schema, List.copyOf(rows)));
        return this;
    }

    public LookupSource whole(String table) {
        return new LookupSource.Whole("tables", source().orElseThrow(), new Settings(table, Optional.empty()));
    }

    public LookupSource byKey(String table) {
        return new LookupSource.ByKey("tables", lookup().orElseThrow(), new Settings(table, Optional.empty()));
    }

    /** A table of these batches. */
    public static LookupSource wholeBatches(Schema schema, List<Batch> batches) {
        return new LookupSource.Whole("batches", new BatchSource(schema, batches), new Settings("", Optional.empty()));
    }

    private Table table(String name) {
        if (!tables.containsKey(name)) {
            throw MillraceException.user("there is no table " + name);
        }
        return tables.get(name);
    }

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new SourceFactory<Settings>() {
            @Override
            public Class<Settings> settings() {
                return Settings.class;
            }

            @Override
            public Extractor create(Settings settings, ConnectorContext context) {
                return new MemoryExtractor(settings.table());
            }
        });
    }

    @Override
    public Optional<LookupFactory<?>> lookup() {
        return Optional.of(new LookupFactory<Settings>() {
            @Override
            public Class<Settings> settings() {
                return Settings.class;
            }

            @Override
            public Lookup create(Settings settings, ConnectorContext context) {
                return new MemoryLookup(settings.table());
            }
        });
    }

    private final class MemoryExtractor implements Extractor {
        private final String name;

        MemoryExtractor(String name) {
            this.name = name;
        }

        @Override
        public String describe() {
            return "table " + name;
        }

        @Override
        public Schema schema() {
            return table(name).schema();
        }

        @Override
        public Optional<String> timeColumn() {
            return Optional.empty();
        }

        @Override
        public boolean incremental() {
            return incremental;
        }

        @Override
        public OptionalLong rowCount() {
            return OptionalLong.of(table(name).rows().size());
        }

        /** Two splits. */
        @Override
        public Plan plan(ExtractRequest request) {
            reads++;
            int rows = table(name).rows().size();
            List<Split> splits = List.of(
                    new Split("a", 1, "0:" + rows / 2, -1, -1), new Split("b", 1, rows / 2 + ":" + rows, -1, -1));
            return new Plan(splits.iterator(), Repeatability.ONCE, "", Optional.empty(), List.of());
        }

        @Override
        public PinState check(String pin) {
            return PinState.VALID;
        }

        @Override
        public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejected) {
            int from = Integer.parseInt(split.payload().split(":")[0]);
            int to = Integer.parseInt(split.payload().split(":")[1]);
            return new BatchReader() {
                private int at = from;

                @Override
                public Batch next() {
                    if (failures-- > 0) {
                        throw MillraceException.unavailable("the table failed on purpose", null);
                    }
                    if (rejects) {
                        rejected.reject(split.id(), 7, "price", "is no number", "x");
                    }
                    if (at == to) {
                        return null;
                    }
                    int end = Math.min(to, at + 100);
                    BatchBuilder builder = new BatchBuilder(table(name).schema());
                    int first = at;
                    for (; at < end; at++) {
                        builder.appendRecord(table(name).rows().get(at));
                    }
                    return builder.build(Origin.of(split.id(), first));
                }

                @Override
                public long rowsRead() {
                    return at - from;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }

    private final class MemoryLookup implements Lookup {
        private final String name;

        MemoryLookup(String name) {
            this.name = name;
            connections++;
        }

        @Override
        public Schema schema() {
            return table(name).schema();
        }

        @Override
        public Batch find(Batch keys, BitSet missing) {
            if (failures-- > 0) {
                throw new MillraceException(ErrorKind.UNAVAILABLE, "the server failed on purpose");
            }
            questions.add(keys.records());
            BatchBuilder builder = new BatchBuilder(schema());
            missing.clear();
            for (Map<String, Object> key : keys.records()) {
                Optional<Map<String, Object>> row = table(name).rows().stream()
                        .filter(candidate -> candidate.entrySet().containsAll(key.entrySet()))
                        .findFirst();
                missing.set(builder.rowCount(), row.isEmpty());
                if (row.isPresent()) {
                    builder.appendRecord(row.get());
                } else {
                    IntStream.range(0, schema().size())
                            .forEach(i -> builder.column(i).appendNull());
                }
            }
            return builder.build(null);
        }

        @Override
        public void close() {
            connections--;
        }
    }
}
