package io.millrace.testkit.golden;

import io.millrace.api.BatchReader;
import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Setting;
import io.millrace.api.SourceFactory;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Stands for the connector {@code files} where an engine alone is tested: the lines of one file, each a JSON object. For
 * cases that look something up.
 */
public final class GoldenFiles implements Connector {
    record Settings(
            @Setting("A file.") String path,
            @Setting("Always json.") String format,
            @Setting("The columns.") Map<String, DataType> schema) {}

    @Override
    public String name() {
        return "files";
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
                return new Lines(context.directory().resolve(settings.path()), columns(settings.schema()));
            }
        });
    }

    private static Schema columns(Map<String, DataType> types) {
        return Schema.of(types.entrySet().stream()
                .map(column -> Field.of(column.getKey(), column.getValue()))
                .toList());
    }

    private record Lines(Path file, Schema schema) implements Extractor {
        @Override
        public String describe() {
            return file.toString();
        }

        @Override
        public Optional<String> timeColumn() {
            return Optional.empty();
        }

        @Override
        public OptionalLong rowCount() {
            return OptionalLong.empty();
        }

        @Override
        public Plan plan(ExtractRequest request) {
            Iterator<Split> splits = List.of(new Split("all", 1, "", -1, -1)).iterator();
            return new Plan(splits, Repeatability.ONCE, "", Optional.empty(), List.of());
        }

        @Override
        public PinState check(String pin) {
            return PinState.RESTART;
        }

        @Override
        public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
            Iterator<Batch> batches =
                    List.of(Batch.ofRecords(schema, records())).iterator();
            return new BatchReader() {
                @Override
                public Batch next() {
                    return batches.hasNext() ? batches.next() : null;
                }

                @Override
                public long rowsRead() {
                    return 0;
                }

                @Override
                public void close() {}
            };
        }

        private List<Map<String, Object>> records() {
            try {
                List<Map<String, Object>> records = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    Map<?, ?> json = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(line);
                    Map<String, Object> record = new LinkedHashMap<>();
                    schema.forEach(field -> record.put(field.name(), value(json.get(field.name()), field.type())));
                    records.add(record);
                }
                return records;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static Object value(Object json, DataType type) {
            if (json == null) {
                return null;
            }
            return switch (type.kind()) {
                case INT64 -> ((Number) json).longValue();
                case FLOAT64 -> ((Number) json).doubleValue();
                case STRING -> json.toString();
                case DATE -> LocalDate.parse(json.toString());
                case TIMESTAMP -> Instant.parse(json.toString());
                default -> throw new IllegalArgumentException("no golden case needs " + type);
            };
        }

        @Override
        public void close() {}
    }
}
