package io.millrace.app.console;

import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import java.io.PrintStream;
import java.util.Locale;

/** One line for each event worth one, for logs and pipes; progress at most every five seconds. */
public final class PlainLines implements RunListener {
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private long rows;
    private long reported = System.nanoTime();
    private long reportedRows;

    public PlainLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Started run) {
            out.println(describe(run));
        } else if (event instanceof RunEvent.Planned plan) {
            out.println(describe(plan));
            plan.warnings().forEach(warning -> out.println("warning: " + warning));
        } else if (event instanceof RunEvent.Progressed progress) {
            progressed(progress.rows());
        } else if (event instanceof RunEvent.Exchanging exchange) {
            out.println(describe(exchange));
        } else if (event instanceof RunEvent.Retrying retry) {
            rows -= retry.rowsTakenBack();
            out.println(describe(retry));
        } else if (event instanceof RunEvent.Committing commit) {
            out.println(describe(commit));
        }
    }

    static String describe(RunEvent.Exchanging exchange) {
        return "all rows before '" + exchange.step() + "' are read; bringing those of equal key together, "
                + exchange.buckets() + (exchange.buckets() == 1 ? " bucket" : " buckets") + " to go";
    }

    private void progressed(long more) {
        rows += more;
        long now = System.nanoTime();
        if (now - reported > PROGRESS_NANOS) {
            double rate = (rows - reportedRows) / ((now - reported) / 1e9);
            out.println(Format.count(rows) + " rows, " + Format.rate(rate) + " rows/s");
            reported = now;
            reportedRows = rows;
        }
    }

    static String describe(RunEvent.Started run) {
        return (run.resumed() ? "resuming" : "starting") + " run " + run.run() + " of " + run.pipeline() + ": "
                + run.source() + " -> " + run.target() + "\n" + run.why();
    }

    static String describe(RunEvent.Planned plan) {
        return plan.finished() == 0
                ? plan.splits().size() + " splits to read"
                : plan.finished() + " splits are finished and are not read again, "
                        + plan.splits().size() + " are left";
    }

    static String describe(RunEvent.Retrying retry) {
        return String.format(
                Locale.ROOT,
                "attempt %d at %s failed (%s); trying again in %s",
                retry.attempt(),
                retry.split().id(),
                retry.failure().getMessage(),
                Format.duration(retry.delay()));
    }

    static String describe(RunEvent.Committing commit) {
        return "committing " + commit.pieces() + " pieces";
    }
}
