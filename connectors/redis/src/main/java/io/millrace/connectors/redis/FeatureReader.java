package io.millrace.connectors.redis;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.formats.json.JsonColumn;
import io.millrace.formats.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads features from Redis at serving time, as {@code load: redis:} with {@code as: hash} has written them. One connection,
 * which is made anew where it was lost, so one thread: give each its own reader.
 *
 * <pre>{@code
 * try (FeatureReader features = FeatureReader.connect(
 *         "redis://localhost:6379/0", Optional.empty(), "user:{user_id}",
 *         Map.of("views_7d", "int64", "ctr_7d", "float64", "recent_items", "list(int64)"))) {
 *     Optional<ServedFeatures> user = features.read(42L);
 *     double ctr = user.map(known -> known.number("ctr_7d")).orElse(0.0);
 * }
 * }</pre>
 *
 * <p>Failures are {@link MillraceException}s: UNAVAILABLE where the server does not answer, DATA where a value is not of its
 * type.
 */
public final class FeatureReader implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final RedisServer server;
    private final KeyTemplate key;
    private final List<String> names;
    private final BatchBuilder answers;
    private final AnswerReader reader;
    private Session session;

    private FeatureReader(RedisServer server, KeyTemplate key, Map<String, String> types) {
        this.server = server;
        this.key = key;
        this.names = List.copyOf(types.keySet());
        List<JsonColumn> columns = new ArrayList<>();
        types.forEach((name, type) -> columns.add(JsonColumn.of(name, type(name, type))));
        columns.add(JsonColumn.of(Version.NAME, DataType.STRING));
        JsonFields fields = new JsonFields(columns);
        this.answers = new BatchBuilder(fields.schema());
        this.reader = AnswerReader.of(ValueForm.HASH, fields, answers);
    }

    private static DataType type(String name, String type) {
        return DataType.parse(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + type + "', the type of '" + name + "', is none; there are " + DataType.NAMES));
    }

    /**
     * A reader of the features under one template of keys. Connects at the first read.
     *
     * @param url as a pipeline file has it, {@code redis://host:port/database}; rediss:// for TLS
     * @param password of the user default
     * @param key the template of the target, such as {@code user:{user_id}}
     * @param types what to read, by name, as pipeline files name types: int64, float64, list(string) …
     */
    public static FeatureReader connect(String url, Optional<String> password, String key, Map<String, String> types) {
        RedisServer server = new RedisServer(
                ServerUrl.parse(url),
                Optional.empty(),
                password.map(Secret::of),
                Optional.empty(),
                CONNECT,
                ANSWER,
                new ClientProperties(Map.of()));
        return new FeatureReader(server, KeyTemplate.parse(key), new LinkedHashMap<>(types));
    }

    /**
     * What is known of one entity; empty where nothing is.
     *
     * @param entity the values of the template's columns, in its order
     */
    public Optional<ServedFeatures> read(Object... entity) {
        return readAll(List.of(List.of(entity))).get(0);
    }

    /** What is known of several entities, in their order, asked for in one go. */
    public List<Optional<ServedFeatures>> readAll(List<? extends List<?>> entities) {
        List<byte[]> keys = entities.stream().map(this::key).toList();
        try {
            return ask(keys);
        } catch (MillraceException failed) {
            if (failed.kind() != ErrorKind.UNAVAILABLE) {
                throw failed;
            }
            // The server may have dropped a connection that was idle.
            close();
            return ask(keys);
        }
    }

    private byte[] key(List<?> entity) {
        if (entity.size() != key.columns().size()) {
            throw new IllegalArgumentException(
                    "a key has " + key.columns().size() + " parts " + key.columns() + ", got " + entity.size());
        }
        StringBuilder text = new StringBuilder(key.literals().get(0));
        for (int i = 0; i < entity.size(); i++) {
            text.append(entity.get(i)).append(key.literals().get(i + 1));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<Optional<ServedFeatures>> ask(List<byte[]> keys) {
        if (session == null) {
            session = Session.open(server);
        }
        keys.forEach(asked -> session.send(reader.question(asked)));
        answers.truncate(0);
        for (byte[] asked : keys) {
            append(asked, session.receive("reading features from Redis"));
        }
        Batch rows = answers.build(null);
        List<Optional<ServedFeatures>> found = new ArrayList<>();
        for (int row = 0; row < keys.size(); row++) {
            found.add(served(rows.record(row)));
        }
        return found;
    }

    private void append(byte[] asked, Object reply) {
        try {
            reader.append(reply);
        } catch (IllegalArgumentException bad) {
            close();
            throw new MillraceException(
                    ErrorKind.DATA,
                    "the key " + new String(asked, StandardCharsets.UTF_8) + " at " + server.address()
                            + " holds what was not expected: " + bad.getMessage()
                            + "; name the types that were written",
                    bad);
        }
    }

    private Optional<ServedFeatures> served(Map<String, Object> row) {
        String version = (String) row.get(Version.NAME);
        if (version == null) {
            return Optional.empty();
        }
        int dash = version.indexOf('-');
        long micros = Long.parseLong(version.substring(0, dash));
        Map<String, Object> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, row.get(name)));
        return Optional.of(new ServedFeatures(
                values,
                Instant.EPOCH.plusNanos(micros % 1_000_000 * 1_000).plusSeconds(micros / 1_000_000),
                Long.parseLong(version.substring(dash + 1))));
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
