package io.millrace.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What the rounds on one route took. */
record RouteResult(Route route, long rows, Map<Entrant, List<Measurement>> measured) {
    static final String HEADER =
            """
            | path | limit | at least | limit, s | Millrace, whole process, s | of the limit | limit when warm, s | Millrace, warm, s | of the limit | CPU s per million rows, whole / warm |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    /** A line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %s | %s | %s | %s | %s | %s | %.2f / %.2f |%n",
                route.name(),
                route.limitedBy(),
                route.goal(),
                wall(route.limit()).text(2),
                wall(route.whole()).text(2),
                share(route.limit(), route.whole()).text(2),
                wall(route.warmLimit()).text(2),
                wall(route.warm()).text(2),
                share(route.warmLimit(), route.warm()).text(2),
                processor(route.whole()),
                processor(route.warm()));
    }

    private Settled wall(Entrant entrant) {
        return Settled.of(measured.get(entrant), Measurement::wallSeconds);
    }

    private double processor(Entrant entrant) {
        return Settled.of(measured.get(entrant), Measurement::cpuSeconds).median() * 1e6 / rows;
    }

    /** Of each round its own, because the machine may be faster in one round than in the next. */
    private Settled share(Entrant limit, Entrant ours) {
        List<Measurement> limits = measured.get(limit);
        List<Measurement> own = measured.get(ours);
        return Settled.of(IntStream.range(0, own.size())
                .mapToDouble(round ->
                        limits.get(round).wallSeconds() / own.get(round).wallSeconds()));
    }
}
