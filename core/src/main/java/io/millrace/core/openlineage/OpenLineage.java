package io.millrace.core.openlineage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Counts;
import io.millrace.api.TimeWindow;
import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.lineage.Dependency;
import io.millrace.core.lineage.Origin;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Hears runs and tells of each attempt by two events: that it has begun, with schemas and column lineage, and how it ended,
 * with statistics and what came of the checks. Close it when the run has ended; {@link #complaint} then says what did not
 * arrive.
 */
public final class OpenLineage implements RunListener, AutoCloseable {
    static final String PRODUCER = "urn:millrace";

    private static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final EventSender sender;
    private final String namespace;
    private final Clock clock;
    private RunEvent.Started started;
    private UUID attempt;
    private Optional<RunEvent.Bound> bound = Optional.empty();
    private Optional<TimeWindow> window = Optional.empty();
    private boolean announced;

    /**
     * Of one run.
     *
     * @param address a URL, or a file
     * @param key that a server asks for
     * @param namespace of jobs
     */
    public static OpenLineage to(String address, Optional<String> key, String namespace) {
        return new OpenLineage(EventTransport.to(address, key), namespace, Clock.systemUTC(), PATIENCE);
    }

    OpenLineage(EventTransport transport, String namespace, Clock clock, Duration patience) {
        this.sender = new EventSender(transport, patience);
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Says which window the run is asked for; before it begins. */
    public OpenLineage window(Optional<TimeWindow> asked) {
        window = asked;
        return this;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Started begun) {
            started = begun;
            attempt = UUID.nameUUIDFromBytes((begun.run() + "/" + clock.instant()).getBytes(StandardCharsets.UTF_8));
        } else if (event instanceof RunEvent.Bound columns) {
            bound = Optional.of(columns);
            announce();
        } else if (event instanceof RunEvent.Ended ended && started != null) {
            announce();
            RunReport report = ended.report();
            Attempt told = told();
            sender.offer(() -> told.ended(report).toString());
        }
    }

    private void announce() {
        if (!announced) {
            announced = true;
            Attempt told = told();
            Instant now = clock.instant();
            sender.offer(() -> told.event("START", now).toString());
        }
    }

    private Attempt told() {
        return new Attempt(namespace, attempt, started, bound, window);
    }

    /** What is to be told of events that did not arrive. */
    public Optional<String> complaint() {
        return sender.complaint();
    }

    @Override
    public void close() {
        sender.close();
    }

    /** What both events of an attempt have in common; made by the sending thread. */
    private record Attempt(
            String namespace,
            UUID id,
            RunEvent.Started started,
            Optional<RunEvent.Bound> bound,
            Optional<TimeWindow> window) {
        ObjectNode event(String type, Instant time) {
            ObjectNode event = JsonNodeFactory.instance
                    .objectNode()
                    .put("eventType", type)
                    .put("eventTime", time.toString())
                    .put("producer", PRODUCER)
                    .put("schemaURL", SCHEMA);
            ObjectNode facets =
                    event.putObject("run").put("runId", id.toString()).putObject("facets");
            facets.set("millrace_run", Facets.run(started.run()));
            window.flatMap(TimeWindow::start)
                    .ifPresent(start -> facets.set(
                            "nominalTime",
                            Facets.nominalTime(
                                    start.toString(),
                                    window.get().end().map(Instant::toString).orElse(null))));
            ObjectNode job = event.putObject("job").put("namespace", namespace).put("name", started.pipeline());
            job.putObject("facets").set("jobType", Facets.jobType());
            datasets(event);
            return event;
        }

        private void datasets(ObjectNode event) {
            Dataset source = Dataset.of(started.source());
            Dataset target = Dataset.of(started.target());
            ObjectNode input = dataset(event.putArray("inputs").addObject(), source);
            ObjectNode output = dataset(event.putArray("outputs").addObject(), target);
            bound.ifPresent(columns -> {
                ColumnLineage lineage = columns.lineage().get();
                input.putObject("facets").set("schema", Facets.schema(columns.source()));
                ObjectNode facets = output.putObject("facets");
                facets.set("schema", Facets.schema(columns.result()));
                facets.set("columnLineage", Facets.columns(lineage, source));
                lookedUp(lineage)
                        .forEach(table -> dataset(event.withArray("inputs").addObject(), table));
            });
        }

        private static Set<Dataset> lookedUp(ColumnLineage lineage) {
            Set<Dataset> tables = new LinkedHashSet<>();
            Stream.concat(
                            lineage.columns().stream().flatMap(column -> lineage.of(column).stream()),
                            lineage.rows().stream())
                    .map(Dependency::origin)
                    .filter(Origin.LookedUp.class::isInstance)
                    .forEach(origin -> tables.add(Facets.lookedUp((Origin.LookedUp) origin)));
            return tables;
        }

        private static ObjectNode dataset(ObjectNode into, Dataset dataset) {
            return into.put("namespace", dataset.namespace()).put("name", dataset.name());
        }

        ObjectNode ended(RunReport report) {
            ObjectNode event = event(
                    switch (report.status()) {
                        case SUCCESS, ALREADY_DONE -> "COMPLETE";
                        case FAILED -> "FAIL";
                        case STOPPED -> "ABORT";
                    },
                    report.ended());
            report.failure()
                    .ifPresent(failure -> ((ObjectNode) event.path("run").path("facets"))
                            .set("errorMessage", Facets.error(failure.message())));
            ObjectNode read = ((ObjectNode) event.path("inputs").get(0)).putObject("inputFacets");
            read.set("inputStatistics", Facets.read(report.counts().extracted()));
            if (!report.checks().isEmpty()) {
                read.set("dataQualityAssertions", Facets.assertions(report.checks()));
            }
            if (report.status() == RunReport.Status.SUCCESS) {
                long rows = report.groups()
                        .map(Counts::loaded)
                        .orElse(report.counts().loaded());
                ((ObjectNode) event.path("outputs").get(0))
                        .putObject("outputFacets")
                        .set("outputStatistics", Facets.written(rows));
            }
            return event;
        }
    }
}
