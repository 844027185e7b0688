package io.millrace.bench;

import io.millrace.bench.steps.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Single steps on batches in memory; started by {@code bench/run steps}. */
@Command(
        name = "steps",
        mixinStandardHelpOptions = true,
        description = "Measure single steps on batches in memory: the best of seven rounds, on one thread, by"
                + " processor time.")
final class StepRates implements Callable<Integer> {
    @ParentCommand
    private Bench bench;

    @Option(names = "--write", description = "Replace the table of steps in this Markdown file.")
    private Path write;

    private StepRates() {}

    @Override
    public Integer call() throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Measured on %s, the best of seven rounds on one thread by processor time. %s.%n%n",
                LocalDate.now(ZoneOffset.UTC),
                BenchReport.machine()));
        text.append("| step | million rows/s | goal |\n|---|---|---|\n");
        Steps.measure((name, rate, goal) -> {
            String line = String.format(Locale.ROOT, "| %s | %.1f | %s |%n", name, rate / 1e6, goal);
            Bench.say(line.strip());
            text.append(line);
        });
        double ours = Steps.grouping();
        double duckDb = duckDb();
        text.append(String.format(
                Locale.ROOT,
                "| `aggregate`, 10 M rows into 1 M groups, five measures | %.2f | a third of DuckDB's %.2f on one"
                        + " thread: %.2f |%n",
                ours / 1e6,
                duckDb / 1e6,
                ours / duckDb));
        System.out.println(text);
        if (write != null) {
            BenchReport.replaceMeasured(write, "steps", text.toString());
        }
        return 0;
    }

    private double duckDb() throws IOException {
        Bench.say("DuckDB groups the same rows");
        Path work = bench.home().resolve("bench/target/steps");
        Match.renew(work);
        Child.Ended ended =
                new Child(work, Map.of()).run(new Programs(bench.home()).plain(Steps.duckDbGrouping()), true);
        return Double.parseDouble(Files.readString(ended.output()).strip());
    }
}
