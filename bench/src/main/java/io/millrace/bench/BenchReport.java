package io.millrace.bench;

import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.Expected;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, as Markdown. */
final class BenchReport {
    private final long rows;
    private final int rounds;
    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final List<String> memory = new ArrayList<>();
    private String server = "";
    private Expected expected;
    private Map<Contestant, List<Measurement>> results = new LinkedHashMap<>();
    private List<String> reading;

    BenchReport(long rows, int rounds) {
        this.rows = rows;
        this.rounds = rounds;
    }

    void server(EmbeddedPostgres embedded) throws SQLException {
        try (Connection connection = embedded.connect()) {
            server = "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    void workload(Workload workload) {
        expected = workload.expected();
    }

    void results(Map<Contestant, List<Measurement>> measured) {
        results = measured;
    }

    void reading(List<String> differences) {
        reading = differences;
    }

    void memory(long size, boolean deduplicated, Child.Ended ended) {
        memory.add(String.format(
                Locale.ROOT,
                "| %,d | %s | %.0f | %.2f |",
                size,
                deduplicated ? "yes" : "no",
                ended.peakMegabytes(),
                ended.wallSeconds()));
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Measured on %s: %,d rows, %d rounds after one of warming up. %s. Load average when it began: %.2f.%n%n",
                LocalDate.now(ZoneOffset.UTC),
                rows,
                rounds,
                machine() + ", " + server,
                loadBefore));
        text.append(String.format(
                Locale.ROOT,
                "Of %,d rows %,d must come out; %,d are duplicates and %,d are rejected.%n%n",
                expected.extracted(),
                expected.loaded(),
                expected.deduplicated(),
                expected.rejected()));
        text.append("| way | wall s, median (range) | million rows/s | share of psql's COPY | of two psql's |"
                + " client CPU s per million rows | peak MB | rows out |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        results.forEach((contestant, measured) -> text.append(line(contestant, measured)));
        text.append('\n').append(ratios());
        if (reading != null) {
            text.append(
                    reading.isEmpty()
                            ? "Spark and DuckDB read the same from Millrace's files: number of rows, types, count, least,"
                                    + " greatest and sum of every column, and the hash of all content.\n\n"
                            : "Spark and DuckDB read differently: " + String.join("; ", reading) + "\n\n");
        }
        if (!memory.isEmpty()) {
            text.append("Peak memory of the whole process, one worker:\n\n");
            text.append("| rows | deduplicate | peak MB | wall s |\n|---|---|---|---|\n");
            memory.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private String line(Contestant contestant, List<Measurement> measured) {
        Settled wall = Settled.of(measured, Measurement::wallSeconds);
        Settled cpu = Settled.of(measured, measurement -> measurement.cpuSeconds() * 1e6 / rows);
        Settled peak = Settled.of(measured, Measurement::peakMegabytes);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %s | %s | %s | %s | %,d |%n",
                contestant.name(),
                wall.text(2),
                rows / 1e6 / wall.median(),
                share(Field.PSQL, wall),
                share(Field.PSQL_TWO, wall),
                cpu.text(2),
                peak.text(0),
                measured.get(0).rows());
    }

    private String share(String limit, Settled wall) {
        return median(limit)
                .map(seconds -> String.format(Locale.ROOT, "%.2f", seconds / wall.median()))
                .orElse("–");
    }

    private String ratios() {
        StringBuilder text = new StringBuilder();
        for (String mine : List.of(Field.TWO_WORKERS, Field.ONE_WORKER, Field.ON_SPARK)) {
            for (String peer : List.of(Field.TEXTBOOK, Field.SPARK)) {
                if (median(mine).isPresent() && median(peer).isPresent()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "- %s: %.1f times as fast as %s%n",
                            mine,
                            median(peer).get() / median(mine).get(),
                            peer));
                }
            }
        }
        return text.length() == 0 ? "" : text + "\n";
    }

    private Optional<Double> median(String name) {
        return results.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry ->
                        Settled.of(entry.getValue(), Measurement::wallSeconds).median())
                .findFirst();
    }

    static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores shared by client and server"
                + processor().map(name -> " (" + name + ")").orElse("") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.runtime.version")
                + (Child.gnuTime()
                        ? ""
                        : "; CPU and memory" + " looked up every few milliseconds, because GNU time is not installed");
    }

    private static Optional<String> processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: *", ""))
                    .findFirst();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Replaces what stands in a Markdown file between {@code <!-- part: begin -->} and {@code <!-- part: end -->}. */
    static void replaceMeasured(Path file, String part, String measured) throws IOException {
        String from = "<!-- " + part + ": begin -->";
        String to = "<!-- " + part + ": end -->";
        String text = Files.exists(file) ? Files.readString(file) : from + "\n" + to + "\n";
        int begin = text.indexOf(from);
        int end = text.indexOf(to);
        if (begin < 0 || end < begin) {
            throw new BenchFailure(file + " has no part between " + from + " and " + to);
        }
        Files.writeString(
                file, text.substring(0, begin + from.length()) + "\n" + measured.strip() + "\n" + text.substring(end));
    }
}
