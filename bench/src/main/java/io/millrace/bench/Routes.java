package io.millrace.bench;

import java.lang.management.ManagementFactory;
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

/** Every source and every target against its limit; started by {@code bench/run routes}. */
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description =
                "Measure each source and each target, with one worker, against its limit or a peer in the same round.")
final class Routes implements Callable<Integer> {
    @ParentCommand
    private Bench bench;

    @Option(
            names = "--events",
            defaultValue = "2000000",
            description = "Events, nearly all of which are clean and become the rows (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Measured rounds, after one of warming up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--only", split = ",", description = "Only these, of: ${COMPLETION-CANDIDATES} (default: all).")
    private List<RouteKind> only = List.of(RouteKind.values());

    @Option(names = "--write", description = "Replace the table of routes in this Markdown file.")
    private Path write;

    private Routes() {}

    @Override
    public Integer call() throws Exception {
        if (write != null && only.size() < RouteKind.values().length) {
            throw new BenchFailure("--write takes all routes, so that one table shows one machine at one time");
        }
        Programs programs = new Programs(bench.home());
        Path work = bench.home().resolve("bench/target/routes");
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Match.delete(work);
        Bench.say("Making rows of " + events + " events");
        StringBuilder text = new StringBuilder();
        try (Dataset rows = Dataset.make(work.resolve("rows"), bench.home(), programs, events)) {
            text.append(String.format(
                    Locale.ROOT,
                    "Measured on %s: %,d rows, %d rounds after one of warming up. %s. Load average when it began: %.2f.%n%n",
                    LocalDate.now(ZoneOffset.UTC),
                    rows.rows(),
                    rounds,
                    BenchReport.machine(),
                    load));
            text.append(RouteResult.HEADER);
            for (RouteKind kind : only) {
                if (kind.missing().isPresent()) {
                    Bench.say(kind + ": left out, because " + kind.missing().get() + " is not installed");
                    continue;
                }
                Bench.say(kind + ": preparing");
                try (Route route = kind.open(programs, rows)) {
                    RouteResult result = compete(route, rows.rows(), work.resolve("process"));
                    text.append(result.line());
                    Bench.say(result.line().strip());
                }
            }
        } finally {
            Match.delete(work);
        }
        System.out.println(text);
        if (write != null) {
            BenchReport.replaceMeasured(write, "routes", text.toString());
        }
        return 0;
    }

    private RouteResult compete(Route route, long rows, Path folder) throws Exception {
        Map<Entrant, List<Measurement>> measured = new LinkedHashMap<>();
        route.entrants().forEach(entrant -> measured.put(entrant, new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            Bench.say(route.name() + ", round " + round + (round == 0 ? " (warming up)" : ""));
            for (Map.Entry<Entrant, List<Measurement>> entry : measured.entrySet()) {
                Measurement measurement = run(route, entry.getKey(), rows, folder);
                Bench.say(entry.getKey().name(), measurement);
                if (round > 0) {
                    entry.getValue().add(measurement);
                }
            }
        }
        return new RouteResult(route, rows, measured);
    }

    private static Measurement run(Route route, Entrant entrant, long rows, Path folder) throws Exception {
        route.reset();
        Match.renew(folder);
        try {
            Child.Ended ended =
                    new Child(folder, route.variables()).run(entrant.command().apply(folder), true);
            String output = Files.readString(ended.output());
            long counted = entrant.count().rows(folder, output);
            if (counted != rows) {
                throw new BenchFailure(route.name() + ": " + entrant.name() + " brought " + counted
                        + " rows to the target instead of " + rows);
            }
            Measurement measured = entrant.timing().read(ended, output);
            return new Measurement(measured.wallSeconds(), measured.cpuSeconds(), measured.peakMegabytes(), counted);
        } finally {
            Match.delete(folder);
        }
    }
}
