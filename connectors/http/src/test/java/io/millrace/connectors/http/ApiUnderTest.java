package io.millrace.connectors.http;

import io.millrace.api.BatchReader;
import io.millrace.api.ByteSize;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.sandbox.ApiRecord;
import io.millrace.testkit.extractor.RecordedRejects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Settings of an API, to be changed one by one, and ways to read it. */
final class ApiUnderTest {
    static final Instant DAY = Instant.parse("2024-01-01T00:00:00Z");
    private static final HttpLimits USUAL =
            new HttpLimits(100_000, ByteSize.parse("1MB"), ByteSize.parse("1GB"), Duration.ofMinutes(10), 200);

    String url;
    Map<String, String> params = Map.of();
    Map<String, String> headers = Map.of();
    Optional<Auth> auth = Optional.empty();
    Optional<String> records = Optional.empty();
    Optional<Pagination> pagination = Optional.empty();
    Map<String, JsonFieldSettings> schema = fields();
    Optional<String> timeColumn = Optional.empty();
    Optional<TimeParameter> bound = Optional.empty();
    Optional<Incremental> incremental = Optional.empty();
    Optional<Slices> slices = Optional.empty();
    boolean stable;
    Optional<RateLimit> rateLimit = Optional.empty();
    Duration timeout = Duration.ofSeconds(20);
    HttpLimits limits = USUAL;
    RetryPolicy retry = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(5));
    Clock clock = Clock.systemUTC();
    NameService names = NameService.SYSTEM;

    ApiUnderTest(String url) {
        this.url = url;
    }

    /** The columns id and created_at. */
    static Map<String, JsonFieldSettings> fields() {
        Map<String, JsonFieldSettings> fields = new LinkedHashMap<>();
        fields.put("id", JsonFieldSettings.of(DataType.INT64));
        fields.put("created_at", JsonFieldSettings.of(DataType.TIMESTAMP));
        return fields;
    }

    /** Records with ids from {@code from} on, a minute apart. */
    static List<ApiRecord> records(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(id -> record(id, DAY.plusSeconds(60L * id)))
                .toList();
    }

    static ApiRecord record(long id, Instant created) {
        return new ApiRecord(created, "{\"id\":" + id + ",\"created_at\":\"" + created + "\"}");
    }

    /** As the path /cursor of a scripted API answers. */
    ApiUnderTest byCursor() {
        records = Optional.of("data.items");
        pagination = Optional.of(new Cursor("next", "cursor"));
        return this;
    }

    ApiUnderTest by(Pagination way) {
        pagination = Optional.of(way);
        return this;
    }

    HttpSourceSettings settings() {
        return new HttpSourceSettings(
                url,
                params,
                headers,
                auth,
                records,
                pagination,
                schema,
                timeColumn,
                bound,
                incremental,
                slices,
                stable,
                rateLimit,
                timeout,
                limits);
    }

    Extractor extractor() {
        return new HttpExtractor(settings(), retry, clock, names);
    }

    /** The ids of all rows, in order. */
    List<Long> ids() {
        return ids(ExtractRequest.everything(1_000), new RecordedRejects());
    }

    List<Long> ids(ExtractRequest request, RecordedRejects rejects) {
        try (Extractor extractor = extractor()) {
            Split split = extractor.plan(request).splits().next();
            return ids(extractor, split, Optional.empty(), rejects);
        }
    }

    static List<Long> ids(Extractor extractor, Split split, Optional<String> from, RecordedRejects rejects) {
        List<Long> ids = new ArrayList<>();
        try (BatchReader reader = extractor.open(split, from, rejects)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                batch.records().forEach(row -> ids.add((Long) row.get("id")));
            }
        }
        return ids;
    }

    /** How reading fails. */
    MillraceException failure() {
        try {
            List<Long> ids = ids();
            throw new AssertionError("no failure, but " + ids.size() + " rows");
        } catch (MillraceException failure) {
            return failure;
        }
    }
}
