package io.millrace.app.console;

import io.millrace.api.Split;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import java.io.PrintStream;
import java.time.Duration;

/** One line on a terminal that is drawn over and over: done, rows, rows/s, time left. */
public final class ProgressBar implements RunListener {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDTH = 24;

    private final PrintStream terminal;
    private long estimatedRows;
    private long rowsBefore;
    private long rows;
    private long rejected;
    private long started;
    private long drawn;

    public ProgressBar(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Started run) {
            terminal.println(PlainLines.describe(run));
        } else if (event instanceof RunEvent.Planned plan) {
            plan.warnings().forEach(warning -> terminal.println("warning: " + warning));
            started = System.nanoTime();
            rowsBefore = plan.rowsDone();
            estimatedRows = rowsBefore
                    + plan.splits().stream()
                            .mapToLong(Split::estimatedRows)
                            .filter(guess -> guess > 0)
                            .sum();
            if (plan.finished() > 0) {
                terminal.println(PlainLines.describe(plan));
            }
        } else if (event instanceof RunEvent.Progressed progress) {
            rows += progress.rows();
            rejected += progress.rejected();
            if (System.nanoTime() - drawn > REDRAW_NANOS) {
                draw();
            }
        } else if (event instanceof RunEvent.Exchanging exchange) {
            draw();
            terminal.println();
            terminal.println(PlainLines.describe(exchange));
        } else if (event instanceof RunEvent.Retrying retry) {
            rows -= retry.rowsTakenBack();
            clear();
            terminal.println(PlainLines.describe(retry));
        } else if (event instanceof RunEvent.Committing commit) {
            draw();
            terminal.println();
            terminal.println(PlainLines.describe(commit));
        } else if (event instanceof RunEvent.Ended) {
            clear();
        }
    }

    private void draw() {
        drawn = System.nanoTime();
        double seconds = Math.max(1e-3, (drawn - started) / 1e9);
        double rate = rows / seconds;
        long done = rowsBefore + rows;
        double share = estimatedRows <= 0 ? 0 : Math.min(1, done / (double) estimatedRows);
        int filled = (int) (share * WIDTH);
        StringBuilder line = new StringBuilder("\r\u001b[K");
        if (estimatedRows > 0) {
            line.append('[')
                    .append("=".repeat(filled))
                    .append(" ".repeat(WIDTH - filled))
                    .append("] ");
            line.append(Math.round(share * 100)).append(" %  ");
        }
        line.append(Format.count(done))
                .append(" rows  ")
                .append(Format.rate(rate))
                .append(" rows/s");
        if (rejected > 0) {
            line.append("  ").append(Format.count(rejected)).append(" rejected");
        }
        if (share > 0 && share < 1 && rate > 0) {
            line.append("  ").append(Format.duration(Duration.ofMillis((long) ((estimatedRows - done) / rate * 1000))));
            line.append(" left");
        }
        terminal.print(line);
        terminal.flush();
    }

    private void clear() {
        terminal.print("\r\u001b[K");
        terminal.flush();
    }
}
