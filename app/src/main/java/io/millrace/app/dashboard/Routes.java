package io.millrace.app.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.millrace.api.MillraceException;
import io.millrace.core.ledger.RunFilter;
import io.millrace.core.ledger.RunState;
import io.millrace.core.metrics.PrometheusText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which path shows what. */
final class Routes {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final String RUNS = "/api/runs";

    private final RunViews views;
    private final LiveEvents live;
    private final StreamViews streams;
    private final PrometheusText metrics;

    Routes(RunViews views, LiveEvents live, StreamViews streams, PrometheusText metrics) {
        this.views = views;
        this.live = live;
        this.streams = streams;
        this.metrics = metrics;
    }

    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(RUNS + "/") && path.endsWith("/live")) {
            String run = path.substring(RUNS.length() + 1, path.length() - "/live".length());
            if (views.exists(run)) {
                live.stream(exchange, run);
            } else {
                missing(path).send(exchange);
            }
            return;
        }
        Answer answer;
        try {
            answer = find(exchange, path);
        } catch (MillraceException failed) {
            answer = Answer.text(503, failed.getMessage());
        } catch (RuntimeException failed) {
            answer = Answer.text(500, "the dashboard failed: " + failed);
        }
        answer.send(exchange);
    }

    private Answer find(HttpExchange exchange, String path) {
        Query query = Query.of(exchange.getRequestURI());
        if (path.equals(RUNS)) {
            return Answer.json(views.runs(filter(query)));
        }
        if (path.equals("/metrics")) {
            return new Answer(200, PrometheusText.CONTENT_TYPE, metrics.now().getBytes(StandardCharsets.UTF_8));
        }
        if (path.equals("/api/pipelines")) {
            return Answer.json(views.pipelines());
        }
        if (path.equals("/api/streams")) {
            return Answer.json(streams.all());
        }
        if (path.equals("/api/trend")) {
            return Answer.json(views.trend(query.text("pipeline").orElse(""), query.number("limit", PAGE * 2, 1000)));
        }
        if (path.startsWith(RUNS + "/")) {
            return run(path.substring(RUNS.length() + 1), path, query);
        }
        Answer file = StaticFiles.find(path);
        return file == null ? missing(path) : file;
    }

    private Answer run(String rest, String path, Query query) {
        int slash = rest.indexOf('/');
        String run = slash < 0 ? rest : rest.substring(0, slash);
        String part = slash < 0 ? "" : rest.substring(slash + 1);
        if (!views.exists(run)) {
            return missing(path);
        }
        Optional<ObjectNode> found = Optional.ofNullable(
                switch (part) {
                    case "" -> views.run(run);
                    case "splits" -> views.splits(run, query.number("stage", 0, Integer.MAX_VALUE));
                    case "split" -> views.split(
                            run,
                            query.number("stage", 0, Integer.MAX_VALUE),
                            query.number("place", 0, Integer.MAX_VALUE));
                    case "rejects" -> views.rejects(run);
                    default -> null;
                });
        return found.map(Answer::json).orElseGet(() -> missing(path));
    }

    private static RunFilter filter(Query query) {
        return new RunFilter(
                query.text("pipeline"),
                query.text("state").map(Routes::states).orElse(EnumSet.allOf(RunState.class)),
                query.text("before"),
                query.number("limit", PAGE, LARGEST_PAGE));
    }

    /** States by name; unknown ones are none. */
    private static Set<RunState> states(String names) {
        Set<RunState> states = EnumSet.noneOf(RunState.class);
        for (String name : names.split(",")) {
            for (RunState state : RunState.values()) {
                if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
                    states.add(state);
                }
            }
        }
        return states;
    }

    private static Answer missing(String path) {
        return Answer.text(404, "there is nothing at " + path);
    }
}
