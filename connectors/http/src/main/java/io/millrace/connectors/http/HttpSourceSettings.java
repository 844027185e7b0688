package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.formats.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which API is read and how. */
record HttpSourceSettings(
        @Setting(
                        value =
                                "Where the records are, http or https; it may have a query. Next links and redirects are "
                                        + "followed within its origin only.",
                        example = "https://api.example.com/v1/events")
                String url,
        @Setting(
                        value =
                                "Query parameters of the first request, and of every one where pagination counts pages.",
                        example = "{since: '${window.start}', limit: 500}")
                Map<String, String> params,
        @Setting(value = "Further request headers.", example = "{X-Team: reco}") Map<String, String> headers,
        @Setting("How to show who asks.") Optional<Auth> auth,
        @Setting(
                        value = "The path of the list of records in an answer; absent: the answer is the list.",
                        example = "data.items")
                Optional<String> records,
        @Setting("How to get from one page to the next; absent: one request holds everything.")
                Optional<Pagination> pagination,
        @Setting(
                        value = "The columns. Absent: inferred from the first page, one for each key.",
                        example = "{event_id: int64, page: {path: props.page, type: string}}")
                Map<String, JsonFieldSettings> schema,
        @Setting("What --start and --end act on, a timestamp or date: whatever the API delivers, only rows of the "
                        + "window are taken. Absent: created_at, where it is such a column.")
                Optional<String> timeColumn,
        @Setting(
                        value =
                                "A parameter that the API takes for an upper bound. It is sent with the moment of the plan, "
                                        + "so that what comes later is left to the next run.",
                        example = "{param: created_before}")
                Optional<TimeParameter> bound,
        @Setting("Read only what has come since the previous run.") Optional<Incremental> incremental,
        @Setting(
                        value = "Ask for a window in slices, each a split of its own.",
                        example = "{start: {param: since}, end: {param: before}, length: 1d}")
                Optional<Slices> slices,
        @Setting(
                        value =
                                "Promises that the same request yields the same records again, in the same order: nothing is "
                                        + "changed, deleted or put between.",
                        defaultValue = "false")
                boolean stable,
        @Setting(value = "The most requests in a stretch of time.", example = "10/s") Optional<RateLimit> rateLimit,
        @Setting(value = "How long one request may take, its answer included.", defaultValue = "30s") Duration timeout,
        @Setting(value = "Where reading stops with an error.", defaultValue = "{}") HttpLimits limits) {
    private static final List<String> OWN_HEADERS =
            List.of("authorization", "accept-encoding", "connection", "content-length", "expect", "host", "upgrade");

    HttpSourceSettings {
        params = Map.copyOf(params);
        headers = Map.copyOf(headers);
        schema = schema.isEmpty() ? Map.of() : schema;
        Origin.checkUrl("url", url);
        headers.forEach(HttpSourceSettings::checkHeader);
        records.ifPresent(path -> JsonPaths.parse("records", path));
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidSetting("timeout", "must be more than zero");
        }
        if (timeColumn.isPresent() && !schema.isEmpty() && !schema.containsKey(timeColumn.get())) {
            throw new InvalidSetting("time_column", "names '" + timeColumn.get() + "', which is not in schema");
        }
        for (String name : taken(bound, incremental, slices, pagination)) {
            if (params.containsKey(name)) {
                throw new InvalidSetting("params." + name, "is set by another setting; remove it from params");
            }
        }
    }

    private static List<String> taken(
            Optional<TimeParameter> bound,
            Optional<Incremental> incremental,
            Optional<Slices> slices,
            Optional<Pagination> pagination) {
        return Stream.of(
                        bound.map(TimeParameter::param),
                        incremental.map(rule -> rule.since().param()),
                        slices.map(rule -> rule.start().param()),
                        slices.map(rule -> rule.end().param()),
                        pagination.flatMap(Pagination::parameter))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void checkHeader(String name, String value) {
        String key = "headers." + name;
        if (name.equalsIgnoreCase("authorization")) {
            throw new InvalidSetting(key, "belongs under auth, which never shows it");
        }
        if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidSetting(key, "is set by the connector itself");
        }
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new InvalidSetting(key, "is not the name of a header");
        }
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c > 126)) {
            throw new InvalidSetting(key, "must be printable ASCII text on one line");
        }
    }

    Optional<JsonPath> recordsPath() {
        return records.map(path -> JsonPaths.parse("records", path));
    }
}
