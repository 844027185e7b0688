package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.app.Signals;
import io.millrace.app.console.Format;
import io.millrace.app.console.ReportJson;
import io.millrace.app.console.ReportText;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.PlanPreview;
import io.millrace.core.coordinator.Preview;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamEngine;
import io.millrace.sandbox.Dirt;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EventGenerator;
import io.millrace.sandbox.Expected;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace demo}: the main job on a real database, in a minute. */
@Command(
        name = "demo",
        description =
                "Start a PostgreSQL of its own, fill it with dirty behaviour events, and run the example pipeline:"
                        + " clean, deduplicate, Parquet; then on to Delta Lake and Redis. Needs nothing installed.",
        footer = {
            "",
            "Examples:",
            "  millrace demo",
            "  millrace demo --rows 5000000 --keep",
            "  millrace demo --ui --keep",
            "  millrace demo --stream"
        })
public final class DemoCommand implements Callable<Integer>, Reported {
    private static final String EXAMPLE = "clean-behaviors.yaml";
    private static final long SEED = 42;
    private static final int PREVIEWED = 2;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many events (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--stream",
            description =
                    "Show streams instead: a Kafka and a Redis of its own, events that flow into a Delta table and, as"
                            + " features of users, into Redis, live.")
    private boolean stream;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "With --stream: how long events flow (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "With --stream: how many events a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--keep", description = "Leave the server up for playing, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the demo's files go; made anew each time (default: .millrace/demo, with --stream"
                    + " .millrace/stream-demo).")
    private Path folder;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        PrintStream out = System.err;
        Path home = (folder == null ? Path.of(stream ? ".millrace/stream-demo" : ".millrace/demo") : folder)
                .toAbsolutePath()
                .normalize();
        if (stream) {
            return streams(out, home);
        }
        prepare(home, EXAMPLE, List.of(EXAMPLE, DemoTargets.DELTA, DemoTargets.REDIS));
        Path file = home.resolve(EXAMPLE);
        say(out, "Starting PostgreSQL …");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            EventGenerator events = EventGenerator.of(rows, SEED, Dirt.defaults());
            long started = System.nanoTime();
            load(server, events);
            say(
                    out,
                    Format.count(rows) + " dirty events are in " + server.url() + " (table user_behaviors) after "
                            + Format.duration(Duration.ofNanos(System.nanoTime() - started)));
            Map<String, String> variables =
                    Map.of("PGURL", server.url(), "PGUSER", server.user(), "PGPASSWORD", server.password());
            Job job = job(file, variables);
            say(out, "The plan (millrace plan " + shown(file) + "):");
            PlanCommand.print(PlanPreview.of(job, Optional.empty(), Optional.empty()), out);
            say(out, "What the steps do to the first rows (millrace preview " + shown(file) + "):");
            PreviewCommand.print(Preview.of(job, Optional.empty(), PREVIEWED), out);
            say(out, "The run (millrace run " + shown(file) + "):");
            StopSignal stop = new StopSignal();
            Signals.handle((exitCode, times) -> Runtime.getRuntime().halt(exitCode));
            StatePlace state = StatePlace.in(home.resolve(".millrace"));
            JobRun runs = new JobRun(output, progress, false);
            try (UiOption.Running dashboard = progress.watch(state)) {
                RunReport report = runs.report(job, Optional.empty(), Rerun.DEFAULT, state, stop);
                ReportText.print(report, out);
                boolean exact = compare(out, report, events.expected());
                DemoFiles.print(home.resolve("lake/behaviors"), out);
                say(
                        out,
                        "Rejected rows and their reasons:  cd " + shown(home) + " && millrace rejects " + report.run());
                say(out, "And on from there:");
                boolean further = DemoTargets.show(
                        (name, more) -> {
                            Map<String, String> all = new HashMap<>(variables);
                            all.putAll(more);
                            return runs.report(
                                    job(home.resolve(name), all), Optional.empty(), Rerun.DEFAULT, state, stop);
                        },
                        out);
                if (keep) {
                    keepServing(out, server, home);
                }
                if (output.json()) {
                    output.print(ReportJson.of(report));
                }
                return exact && further && report.status() == RunReport.Status.SUCCESS ? 0 : 1;
            }
        }
    }

    private int streams(PrintStream out, Path home) {
        if (seconds < 1 || rate < 1) {
            throw MillraceException.user("--seconds and --rate must be at least 1");
        }
        StreamEngine engine = StreamCommand.engine();
        prepare(home, StreamDemo.ROWS, List.of(StreamDemo.ROWS, StreamDemo.FEATURES));
        try {
            return new StreamDemo(out, home, output, progress).run(engine, Duration.ofSeconds(seconds), rate) ? 0 : 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ErrorKind.STOPPED.exitCode();
        }
    }

    private static Job job(Path file, Map<String, String> variables) {
        Environment environment = new Environment(variables, file.getParent());
        return Job.of(
                PipelineFile.load(file, List.of(), Optional.empty(), environment, Catalog.load())
                        .definition(),
                List.of());
    }

    private static void load(EmbeddedPostgres server, EventGenerator events) {
        try (Connection connection = server.connect()) {
            events.load(connection);
        } catch (SQLException failed) {
            throw MillraceException.unavailable(
                    "the demo's events could not be loaded: " + failed.getMessage(), failed);
        }
    }

    /** The generator knows what it made dirty, so the outcome can be judged row by row. */
    private static boolean compare(PrintStream out, RunReport report, Expected expected) {
        boolean exact = report.counts().extracted() == expected.extracted()
                && report.counts().loaded() == expected.loaded()
                && report.counts().deduplicated() == expected.deduplicated()
                && report.counts().rejected() == expected.rejected();
        say(
                out,
                exact
                        ? "Exactly what the generator of the events expects: " + Format.count(expected.loaded())
                                + " loaded, "
                                + Format.count(expected.deduplicated()) + " duplicates, "
                                + Format.count(expected.rejected()) + " rejected"
                        : "NOT what the generator of the events expects: " + expected);
        return exact;
    }

    private static void keepServing(PrintStream out, EmbeddedPostgres server, Path home) {
        say(out, "The server stays up; in another terminal:");
        out.println("  export PGURL=" + server.url() + " PGUSER=" + server.user() + " PGPASSWORD=" + server.password());
        out.println("  cd " + shown(home));
        out.println("  millrace run " + EXAMPLE + "              already done: nothing is doubled");
        out.println("  millrace run " + EXAMPLE + " --set load.parquet.path=lake/again --again");
        out.println("Ctrl-C ends it.");
        try {
            Thread.currentThread().join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param known the file by which the folder of an earlier demo is known */
    private static void prepare(Path home, String known, List<String> files) {
        try {
            if (Files.exists(home)) {
                // Only what a demo has left there is removed: a mistyped --folder must cost nobody anything.
                if (!Files.exists(home.resolve(known)) && hasEntries(home)) {
                    throw MillraceException.user(
                            "--folder " + home + " is not empty and holds no demo; choose another");
                }
                try (Stream<Path> old = Files.walk(home)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(home);
            for (String name : files) {
                try (InputStream example = DemoCommand.class.getResourceAsStream("/examples/" + name)) {
                    Files.copy(example, home.resolve(name));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the demo's folder " + home + " cannot be prepared", failed);
        }
    }

    private static boolean hasEntries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        }
    }

    private static Path shown(Path path) {
        Path here = StateOption.here();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private static void say(PrintStream out, String text) {
        out.println();
        out.println(text);
    }
}
