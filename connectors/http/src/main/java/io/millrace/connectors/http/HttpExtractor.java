package io.millrace.connectors.http;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.UntimedRows;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonFields;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reads an API. A run is one split, since only the answer to a page says where the next one is; or one for each slice of its
 * window, where the API can be asked for that.
 */
final class HttpExtractor implements Extractor {
    private static final String TIME_COLUMN = "created_at";

    private final HttpSourceSettings settings;
    private final Secrets secrets;
    private final Origin origin;
    private final Api api;
    private final Clock clock;
    private final List<Stop> open = new CopyOnWriteArrayList<>();
    private final UntimedRows untimed = new UntimedRows();
    private JsonFields fields;

    HttpExtractor(HttpSourceSettings settings, RetryPolicy retry, Clock clock) {
        this(settings, retry, clock, NameService.SYSTEM);
    }

    HttpExtractor(HttpSourceSettings settings, RetryPolicy retry, Clock clock, NameService names) {
        this.settings = settings;
        this.secrets = Secrets.of(settings);
        this.origin = Origin.of(URI.create(settings.url()));
        this.clock = clock;
        this.api = new Api(settings, secrets, retry, clock, names);
    }

    @Override
    public String describe() {
        return secrets.shown(Query.without(URI.create(settings.url()), parameter -> true));
    }

    /** The first page, from which columns were inferred, may hold other records by now. */
    @Override
    public void resume(String pin) {
        if (settings.schema().isEmpty() && check(pin) == PinState.VALID) {
            StateText.parse(pin).find("fields").ifPresent(inferred -> fields = JsonFields.parse(inferred));
        }
    }

    @Override
    public Schema schema() {
        return fields().schema();
    }

    private JsonFields fields() {
        if (fields == null) {
            fields = settings.schema().isEmpty() ? inferred() : JsonFields.of(settings.schema());
        }
        return fields;
    }

    private JsonFields inferred() {
        try (Stop stop = begin("reading the first page of " + describe())) {
            Budget budget = new Budget(settings.limits(), Progress.BEGINNING);
            Api.Fetched page = api.page(pager(), FirstRequest.of(settings, Map.of()), Optional.empty(), stop, budget);
            return SchemaInference.of(page.answer(), settings.limits().json(), describe());
        }
    }

    @Override
    public Optional<String> timeColumn() {
        Schema schema = schema();
        if (settings.timeColumn().isEmpty()) {
            return schema.contains(TIME_COLUMN) && isTime(schema, TIME_COLUMN)
                    ? Optional.of(TIME_COLUMN)
                    : Optional.empty();
        }
        String name = settings.timeColumn().get();
        schema.require(name);
        if (!isTime(schema, name)) {
            throw MillraceException.user("the time column '" + name + "' is "
                    + schema.field(schema.indexOf(name)).type()
                    + "; declare it under schema as a timestamp or date");
        }
        return Optional.of(name);
    }

    private static boolean isTime(Schema schema, String name) {
        DataType.Kind kind = schema.field(schema.indexOf(name)).type().kind();
        return kind == DataType.Kind.TIMESTAMP || kind == DataType.Kind.DATE;
    }

    @Override
    public boolean incremental() {
        return settings.incremental().isPresent();
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.empty();
    }

    @Override
    public Plan plan(ExtractRequest request) {
        Instant planned = request.pin().map(HttpExtractor::moment).orElseGet(() -> clock.instant()
                .truncatedTo(ChronoUnit.MILLIS));
        if (request.window().isPresent() && timeColumn().isEmpty()) {
            throw MillraceException.user("a window needs a time column, and " + describe() + " has none");
        }
        return new Plan(
                splits(request, planned).iterator(),
                settings.stable() ? Repeatability.REPEATABLE : Repeatability.ONCE,
                new StateText()
                        .put("planned", planned)
                        .put("fields", Optional.of(fields().text()).filter(inferred -> settings.schema()
                                .isEmpty()))
                        .toString(),
                settings.incremental().map(rule -> planned.toString()),
                warnings());
    }

    private List<Split> splits(ExtractRequest request, Instant planned) {
        Map<String, String> times = new HashMap<>();
        settings.bound().ifPresent(parameter -> times.put(parameter.param(), parameter.write(planned)));
        Optional<TimeWindow> window = request.window();
        if (settings.slices().isPresent() && window.flatMap(TimeWindow::start).isPresent()) {
            Slices rule = settings.slices().get();
            return Slice.of(window.get(), rule.length(), planned).stream()
                    .map(slice -> sliced(rule, slice, times, request.batchRows()))
                    .toList();
        }
        if (window.isEmpty()
                && settings.incremental().isPresent()
                && request.position().isPresent()) {
            Incremental rule = settings.incremental().get();
            times.put(
                    rule.since().param(),
                    rule.from(Instant.parse(request.position().get())));
        }
        return List.of(new SplitPayload(fields(), times, window, request.batchRows()).split("pages"));
    }

    /** A slice's end is nearer than the moment of the plan, and takes its place where both have the same parameter. */
    private Split sliced(Slices rule, Slice slice, Map<String, String> bound, int batchRows) {
        Map<String, String> times = new HashMap<>(bound);
        times.putAll(rule.parameters(slice));
        return new SplitPayload(fields(), times, Optional.of(slice.window()), batchRows).split(slice.id());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (settings.auth().isPresent() && !origin.isEncrypted() && !origin.isLoopback()) {
            warnings.add("credentials go to " + origin + " without encryption; use https");
        }
        settings.auth()
                .filter(Oauth2.class::isInstance)
                .map(auth -> Origin.of(URI.create(((Oauth2) auth).tokenUrl())))
                .filter(tokens -> !tokens.isEncrypted() && !tokens.isLoopback())
                .ifPresent(tokens ->
                        warnings.add("the client secret goes to " + tokens + " without encryption; use https"));
        return warnings;
    }

    private static Instant moment(String pin) {
        return Instant.parse(StateText.parse(pin).get("planned"));
    }

    /** Pages that have been read stay read; what an API promises beyond that is what {@code stable} says. */
    @Override
    public PinState check(String pin) {
        try {
            moment(pin);
            return PinState.VALID;
        } catch (RuntimeException ofAnotherVersion) {
            return PinState.RESTART;
        }
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        SplitPayload payload = SplitPayload.of(split);
        Progress from = resumePoint.map(HttpExtractor::resumed).orElse(Progress.BEGINNING);
        Stop stop = begin("reading split " + split.id());
        return new HttpBatchReader(
                api,
                pager(),
                FirstRequest.of(settings, payload.times()),
                stop,
                new Budget(settings.limits(), from),
                new RowCollector(
                        split.id(),
                        payload.fields(),
                        settings.limits().json(),
                        filter(payload),
                        rejects,
                        untimed,
                        from.rows()),
                from,
                payload.batchRows());
    }

    private static Progress resumed(String point) {
        try {
            return Progress.parse(point);
        } catch (IllegalArgumentException ofAnotherVersion) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "a resume point was made by another version of Millrace; begin the run anew.",
                    ofAnotherVersion);
        }
    }

    private Optional<TimeFilter> filter(SplitPayload payload) {
        Schema schema = payload.fields().schema();
        return payload.window().map(window -> {
            int column = schema.require(timeColumn().orElseThrow());
            return new TimeFilter(column, schema.field(column).type(), window);
        });
    }

    private Pager pager() {
        return Pager.of(settings.pagination(), origin, secrets);
    }

    private Stop begin(String what) {
        open.removeIf(Stop::isClosed);
        Stop stop = new Stop(what);
        open.add(stop);
        return stop;
    }

    /** Without a window no row is left out, and the schema, which may have to be asked for, not needed. */
    @Override
    public List<String> notices() {
        return untimed.isEmpty() ? List.of() : untimed.notices(timeColumn().orElse(TIME_COLUMN));
    }

    @Override
    public String toString() {
        return "HttpExtractor[" + describe() + "]";
    }

    @Override
    public void close() {
        open.forEach(Stop::close);
    }
}
