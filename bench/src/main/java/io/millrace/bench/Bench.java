package io.millrace.bench;

import io.millrace.sandbox.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job against its limit and its peers; started by {@code bench/run}. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        subcommands = {Routes.class, StepRates.class, FeatureRates.class},
        description = "Measure the main job (PostgreSQL, clean, deduplicate, Parquet) against what no program can beat"
                + " and against other ways of doing it, all in alternating rounds on the same data.")
final class Bench implements Callable<Integer> {
    private static final String TABLE = "public.user_behaviors";

    @Option(names = "--rows", defaultValue = "5000000", description = "Events (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Measured rounds, after one of warming up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--only", description = "Only the contestants whose names contain one of these texts.")
    private List<String> only = List.of();

    @Option(
            names = "--memory-rows",
            split = ",",
            defaultValue = "1000000,5000000,10000000",
            description = "Sizes at which peak memory is compared; 0: not at all (default: ${DEFAULT-VALUE}).")
    private List<Long> memoryRows;

    @Option(names = "--write", description = "Replace the measured part of this Markdown file.")
    private Path write;

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    private Programs programs;
    private Path work;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws SQLException, IOException {
        programs = new Programs(home);
        work = home.resolve("bench/target/work");
        BenchReport report = new BenchReport(rows, rounds);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            report.server(server);
            say("Loading " + rows + " events");
            try (Workload workload = Workload.load(server, home, TABLE, rows)) {
                report.workload(workload);
                report.results(compete(workload));
                if (programs.hasSpark()) {
                    report.reading(compareReading(workload));
                }
            }
            for (long size : memoryRows) {
                if (size > 0) {
                    measureMemory(server, size, report);
                }
            }
        } finally {
            Match.delete(work);
        }
        String text = report.markdown();
        System.out.println(text);
        if (write != null) {
            BenchReport.replaceMeasured(write, "measured", text);
        }
        return 0;
    }

    private Map<Contestant, List<Measurement>> compete(Workload workload) {
        Match match = new Match(work, workload);
        Map<Contestant, List<Measurement>> results = new LinkedHashMap<>();
        for (Contestant contestant : new Field(programs, workload).all()) {
            if (only.isEmpty() || only.stream().anyMatch(contestant.name()::contains)) {
                results.put(contestant, new ArrayList<>());
            }
        }
        for (int round = 0; round <= rounds; round++) {
            say("Round " + round + (round == 0 ? " (warming up, all content compared)" : ""));
            for (Map.Entry<Contestant, List<Measurement>> entry : results.entrySet()) {
                Measurement measurement = match.run(entry.getKey(), round == 0);
                say(entry.getKey().name(), measurement);
                if (round > 0) {
                    entry.getValue().add(measurement);
                }
            }
        }
        return results;
    }

    /** Whether Spark and DuckDB read the same from what Millrace has written; the lines that differ. */
    private List<String> compareReading(Workload workload) throws IOException {
        say("Reading the output by Spark and by DuckDB");
        Match.delete(work);
        Files.createDirectories(work);
        Child child = new Child(work, workload.variables());
        child.run(programs.millrace(workload.pipeline(work, true), workload.overrides(work, 2)), false);
        List<String> byDuckDb = new ParquetOutput(work.resolve("lake")).reading();
        Path output = child.run(programs.spark("SparkReading", Field.lake(work)), true)
                .output();
        List<String> bySpark = Files.readAllLines(output).stream()
                .filter(line -> line.matches("(column|rows|hash): .*"))
                .toList();
        List<String> different = new ArrayList<>();
        for (int i = 0; i < Math.max(byDuckDb.size(), bySpark.size()); i++) {
            String expected = i < byDuckDb.size() ? byDuckDb.get(i) : "nothing";
            String found = i < bySpark.size() ? bySpark.get(i) : "nothing";
            if (!expected.equals(found)) {
                different.add("DuckDB: " + expected + "; Spark: " + found);
            }
        }
        different.forEach(Bench::say);
        return different;
    }

    private void measureMemory(EmbeddedPostgres server, long size, BenchReport report) throws SQLException {
        say("Peak memory at " + size + " rows");
        try (Workload workload = Workload.load(server, home, TABLE + "_" + size, size)) {
            for (boolean deduplicated : new boolean[] {false, true}) {
                Match.delete(work);
                Files.createDirectories(work);
                Child.Ended ended = new Child(work, workload.variables())
                        .run(
                                programs.millrace(workload.pipeline(work, deduplicated), workload.overrides(work, 1)),
                                false);
                report.memory(size, deduplicated, ended);
                say(String.format(
                        Locale.ROOT,
                        "  %s deduplication: %.0f MB, %.2f s",
                        deduplicated ? "with" : "without",
                        ended.peakMegabytes(),
                        ended.wallSeconds()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The folder of the checkout. */
    Path home() {
        return home;
    }

    static void say(String program, Measurement measurement) {
        say(String.format(
                Locale.ROOT,
                "  %-55s %6.2f s  %6.2f CPU s  %5.0f MB  %d rows",
                program,
                measurement.wallSeconds(),
                measurement.cpuSeconds(),
                measurement.peakMegabytes(),
                measurement.rows()));
    }

    static void say(String text) {
        Duration up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        System.err.printf(
                Locale.ROOT,
                "%s +%ds load %.2f  %s%n",
                LocalTime.now().truncatedTo(ChronoUnit.SECONDS),
                up.toSeconds(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                text);
    }
}
