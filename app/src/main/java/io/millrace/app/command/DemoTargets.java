package io.millrace.app.command;

import io.millrace.app.console.Format;
import io.millrace.core.run.RunReport;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.sandbox.SandboxException;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.BiFunction;

/** Shows where else rows can go: a Delta table from the lake's files, and Redis. */
final class DemoTargets {
    static final String DELTA = "lake-to-delta.yaml";
    static final String REDIS = "items-to-redis.yaml";

    private DemoTargets() {}

    /**
     * Runs the further examples.
     *
     * @param run runs a pipeline file of the demo's folder with these variables
     * @return whether all succeeded
     */
    static boolean show(BiFunction<String, Map<String, String>, RunReport> run, PrintStream out) {
        boolean delta = succeeded(run.apply(DELTA, Map.of()), DELTA, out);
        try (EmbeddedRedis redis = EmbeddedRedis.builder().start()) {
            RunReport report = run.apply(REDIS, Map.of("REDIS_URL", redis.url(), "REDIS_PASSWORD", redis.password()));
            boolean loaded = succeeded(report, REDIS, out);
            out.println("  HGETALL item:1  " + redis.ask("HGETALL", "item:1"));
            return delta && loaded;
        } catch (SandboxException unavailable) {
            out.println("  Redis cannot be shown on this machine: " + unavailable.getMessage());
            return delta;
        }
    }

    private static boolean succeeded(RunReport report, String file, PrintStream out) {
        boolean success = report.status() == RunReport.Status.SUCCESS;
        out.println("  " + file + ": "
                + report.failure()
                        .map(failure -> "failed: " + failure.message())
                        .orElse(Format.count(report.counts().loaded()) + " rows into " + report.target()));
        return success;
    }
}
