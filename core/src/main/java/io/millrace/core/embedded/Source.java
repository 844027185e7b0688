package io.millrace.core.embedded;

import io.millrace.api.Connector;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.SourceFactory;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.pipeline.Catalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An outside system to read from, by a connector's name and its settings.
 *
 * <p>Created (touches nothing), connected, used, disconnected; may be connected again. Network connections are opened by
 * {@link #extract}, {@link #schema} and {@link #rowCount} as each needs them: a server that cannot be reached is told there.
 * A {@link Pipeline} uses the settings only, connected or not. One thread.
 *
 * <p>Failures are {@link MillraceException}s, whose kind tells a wrong name from a wrong password from a server that is down.
 */
public final class Source implements AutoCloseable {
    /** Rows that are read together, unless said otherwise. */
    public static final int DEFAULT_BATCH_SIZE = 10_000;

    private final Connector connector;
    private final SourceFactory<?> factory;
    private final Map<String, Object> settings;
    private final Set<Extraction> open = new LinkedHashSet<>();
    private Consumer<RejectedRecord> rejectHandler = Source::refuse;
    private boolean connected;

    private Source(Connector connector, SourceFactory<?> factory, Map<String, Object> settings) {
        this.connector = connector;
        this.factory = factory;
        this.settings = settings;
    }

    /**
     * A source with the settings that a pipeline file would have below {@code extract}, less what names the table or query.
     * A user error lists everything that is wrong with them. Values are taken as they are: {@code ${env:…}} is not filled in.
     */
    public static Source of(String connector, Map<String, ?> settings) {
        return of(Catalog.load(), connector, settings);
    }

    static Source of(Catalog catalog, String connector, Map<String, ?> settings) {
        Connector found = Plugins.connector(catalog.connectors(), connector);
        SourceFactory<?> factory = found.source()
                .orElseThrow(() ->
                        MillraceException.user("the connector '" + connector + "' can be written only, not read"));
        Source source = new Source(found, factory, new LinkedHashMap<>(settings));
        source.create(factory, source.settingsFor("any")).close();
        return source;
    }

    /** Makes the source ready to be read; returns it, for try-with-resources. */
    public Source connect() {
        connected = true;
        return this;
    }

    /** Ends everything that is being extracted and its connections. Idempotent. */
    public void disconnect() {
        connected = false;
        new ArrayList<>(open).forEach(Extraction::cancel);
    }

    /** Same as {@link #disconnect}. */
    @Override
    public void close() {
        disconnect();
    }

    /**
     * Who takes the rows of later extractions that no record can hold, such as an infinite timestamp. Without a handler, the
     * first of them ends the extraction with a data error.
     */
    public Source onReject(Consumer<RejectedRecord> handler) {
        rejectHandler = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /** All records; see {@link #extract(String, Instant, Instant, int)}. */
    public Stream<Map<String, Object>> extract(String source) {
        return extract(source, null, null);
    }

    /** The records of a window; see {@link #extract(String, Instant, Instant, int)}. */
    public Stream<Map<String, Object>> extract(String source, Instant start, Instant end) {
        return extract(source, start, end, DEFAULT_BATCH_SIZE);
    }

    /**
     * The records of a table or query, as they were when this was called, in no promised order. The stream is lazy and holds
     * at most one batch; its last record, closing it, or {@link #disconnect} ends its connections. A failure on the way is
     * thrown from the stream: there are no retries, which a {@link Pipeline} has.
     *
     * @param source what the connector takes for a name: for PostgreSQL a table or a SELECT
     * @param start of the source's time column, inclusive; null: unbounded
     * @param end of the source's time column, exclusive; null: unbounded
     * @param batchSize how many rows are read together
     */
    public Stream<Map<String, Object>> extract(String source, Instant start, Instant end, int batchSize) {
        if (batchSize < 1) {
            throw MillraceException.user("the batch size must be at least 1; it is " + batchSize);
        }
        Extractor extractor = extractor(source);
        try {
            ExtractRequest request = ExtractRequest.of(TimeWindow.between(start, end), batchSize);
            Extraction extraction = new Extraction(
                    extractor, extractor.plan(request).splits(), new RecordRejects("extract", rejectHandler), open);
            int traits = Spliterator.NONNULL | Spliterator.IMMUTABLE;
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(extraction, traits), false)
                    .onClose(extraction::close);
        } catch (RuntimeException failed) {
            extractor.close();
            throw failed;
        }
    }

    /** The columns of a table or query. */
    public Schema schema(String source) {
        try (Extractor extractor = extractor(source)) {
            return extractor.schema();
        }
    }

    /** How many rows a table or query has now, counted by the source. A user error where it cannot count. */
    public long rowCount(String source) {
        try (Extractor extractor = extractor(source)) {
            return extractor
                    .rowCount()
                    .orElseThrow(() -> MillraceException.user(extractor.describe() + " cannot count its rows"));
        }
    }

    Connector connector() {
        return connector;
    }

    /** The settings, with what the name stands for. */
    Map<String, Object> settingsFor(String source) {
        Map<String, Object> named = new LinkedHashMap<>(settings);
        named.putAll(factory.settingsFor(source));
        return named;
    }

    private Extractor extractor(String source) {
        if (!connected) {
            throw new IllegalStateException("the source is not connected; call connect() first");
        }
        return create(factory, settingsFor(source));
    }

    private <S extends Record> Extractor create(SourceFactory<S> typed, Map<String, Object> named) {
        S bound = SettingsMaps.bind(typed.settings(), "source " + connector.name(), named);
        return typed.create(bound, Plugins.connectorContext());
    }

    private static void refuse(RejectedRecord rejected) {
        throw new MillraceException(ErrorKind.DATA, rejected.summary() + "; set onReject to go on without such rows");
    }
}
