package io.millrace.bench;

import java.time.Duration;
import java.util.Optional;

/** The routes that are measured, in the order of their table. */
enum RouteKind {
    POSTGRES_APPEND("psql", (programs, rows) -> new PostgresRoute(programs, rows, false)),
    POSTGRES_UPSERT("psql", (programs, rows) -> new PostgresRoute(programs, rows, true)),
    REDIS("redis-benchmark", RedisRoute::new),
    DELTA("", LakeRoute::delta),
    KAFKA("", KafkaRoute::new),
    S3("", (programs, rows) -> new S3Route(programs, rows, Duration.ZERO)),
    S3_FAR("", (programs, rows) -> new S3Route(programs, rows, Duration.ofMillis(50))),
    JSON_LINES("", LakeRoute::jsonLines),
    CSV("", LakeRoute::csv);

    private interface Opening {
        Route open(Programs programs, Dataset rows) throws Exception;
    }

    private final String needed;
    private final Opening opening;

    RouteKind(String needed, Opening opening) {
        this.needed = needed;
        this.opening = opening;
    }

    /** A program that has to be installed and is not. */
    Optional<String> missing() {
        return needed.isEmpty() || Programs.isInstalled(needed) ? Optional.empty() : Optional.of(needed);
    }

    /** Starts what the route needs, and lays the rows where its programs find them. */
    Route open(Programs programs, Dataset rows) throws Exception {
        return opening.open(programs, rows);
    }
}
