package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The daily aggregations on Spark, by hand and by our views, and on the local engine; started by {@code bench/run features}. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        description =
                "Measure the built-in daily aggregations on Spark against the same by hand, in one session, and on the"
                        + " local engine.")
final class FeatureRates implements Callable<Integer> {
    private static final String DATE = "2024-03-01";
    private static final String LOCAL = "local engine, whole process";
    private static final String ON_SPARK = "engine spark, local[2], whole process";
    private static final List<String> SPARK = List.of("--engine", "spark", "--master", "local[2]");

    @ParentCommand
    private Bench bench;

    @Option(names = "--events", defaultValue = "20000000", description = "Events of a day (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Measured rounds, after one of warming up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--write", description = "Replace the table of feature views in this Markdown file.")
    private Path write;

    private FeatureRates() {}

    /** A view and a way to compute it. */
    private record Entry(String view, String way) {}

    @Override
    public Integer call() throws IOException {
        Programs programs = new Programs(bench.home());
        Path work = bench.home().resolve("bench/target/features");
        Match.delete(work);
        Files.createDirectories(work.resolve("process"));
        Map<Entry, List<Measurement>> measured = new LinkedHashMap<>();
        try {
            Path input = work.resolve("events");
            Child child = new Child(work.resolve("process"), Map.of());
            Bench.say("Spark, " + events + " events, " + rounds + " rounds after one of warming up");
            Path printed = child.run(
                            programs.spark(
                                    "FeaturesJob",
                                    input.toString(),
                                    Long.toString(events),
                                    Integer.toString(rounds),
                                    work.resolve("outputs").toString()),
                            true)
                    .output();
            Files.readAllLines(printed).stream()
                    .filter(line -> line.startsWith("measured|"))
                    .forEach(line -> take(line.split("\\|"), measured));
            for (String view : List.of("daily_user_aggregation", "daily_item_aggregation")) {
                for (int round = 0; round < rounds; round++) {
                    take(view, LOCAL, command(programs, view, input, work.resolve("local"), List.of()), measured);
                    take(view, ON_SPARK, command(programs, view, input, work.resolve("spark"), SPARK), measured);
                }
            }
        } finally {
            Match.delete(work);
        }
        String text = table(measured);
        System.out.println(text);
        if (write != null) {
            BenchReport.replaceMeasured(write, "features", text);
        }
        return 0;
    }

    private static void take(String[] parts, Map<Entry, List<Measurement>> measured) {
        measured.computeIfAbsent(new Entry(parts[1], parts[2]), entry -> new ArrayList<>())
                .add(new Measurement(Double.parseDouble(parts[3]), Double.parseDouble(parts[4]), 0, 0));
    }

    private static void take(String view, String way, Measurement measurement, Map<Entry, List<Measurement>> measured) {
        measured.computeIfAbsent(new Entry(view, way), entry -> new ArrayList<>())
                .add(measurement);
    }

    private Measurement command(Programs programs, String view, Path input, Path folder, List<String> engine)
            throws IOException {
        Bench.say("millrace features " + String.join(" ", engine) + ": " + view);
        Match.renew(folder);
        List<String> command = new ArrayList<>(programs.features(view));
        command.addAll(List.of(
                "--date",
                DATE,
                "--input",
                input.toString(),
                "--output",
                folder.resolve("lake").toString()));
        command.addAll(engine);
        Child.Ended ended = new Child(folder, Map.of()).run(command, false);
        return new Measurement(ended.wallSeconds(), ended.cpuSeconds(), ended.peakMegabytes(), 0);
    }

    private String table(Map<Entry, List<Measurement>> measured) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Measured on %s: %,d events, %d rounds after one of warming up. %s.%n%n",
                LocalDate.now(ZoneOffset.UTC),
                events,
                rounds,
                BenchReport.machine()));
        text.append("| view | way | wall s, median (range) | CPU s | million events/s |\n|---|---|---|---|---|\n");
        measured.forEach((entry, measurements) -> {
            Settled wall = Settled.of(measurements, Measurement::wallSeconds);
            text.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s | %.2f |%n",
                    entry.view,
                    entry.way,
                    wall.text(2),
                    Settled.of(measurements, Measurement::cpuSeconds).text(2),
                    events / 1e6 / wall.median()));
        });
        return text.toString();
    }
}
