package io.millrace.app.console;

import io.millrace.api.Counts;
import io.millrace.core.stream.StreamListener;
import io.millrace.core.stream.StreamStatus;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How a stream is doing, a line at a time for logs and pipes: at its first checkpoint, then at most every five seconds. */
public final class StreamText implements StreamListener {
    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private long told;
    private long checkpoint = -1;
    private Optional<StreamStatus.Failure> failure = Optional.empty();

    public StreamText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(StreamStatus status) {
        if (checkpoint < 0) {
            checkpoint = 0;
            told = System.nanoTime();
            out.println("stream " + status.pipeline() + ": " + status.source() + " to " + status.target());
        }
        if (status.state() == StreamStatus.State.RUNNING && !status.failure().equals(failure)) {
            failure = status.failure();
            failure.ifPresent(why -> out.println("beginning again at the last checkpoint: " + why.message()));
        }
        boolean due = checkpoint == 0 || System.nanoTime() - told >= LINE_NANOS;
        if (status.checkpoint() > checkpoint && due) {
            checkpoint = status.checkpoint();
            told = System.nanoTime();
            out.println(line(status));
        }
    }

    private static String line(StreamStatus status) {
        return "checkpoint " + status.checkpoint() + ": "
                + Format.count(status.counts().extracted()) + " rows read, "
                + Format.count(status.counts().loaded()) + " loaded, " + Format.rate(status.rowsPerSecond()) + " rows/s"
                + status.behind()
                        .map(behind -> ", " + Format.count(behind) + " behind")
                        .orElse("");
    }

    /** All of it, a line each. */
    public static void print(StreamStatus status, PrintStream out) {
        out.println("stream     " + status.pipeline() + " (lineage " + status.lineage() + ")");
        out.println("state      " + status.state().name().toLowerCase(Locale.ROOT)
                + (status.state() == StreamStatus.State.LOST
                        ? ": its process has ended without a word; 'millrace stream' goes on behind its last checkpoint"
                        : "")
                + status.failure().map(failure -> ": " + failure.message()).orElse(""));
        out.println("from       " + status.source()
                + status.behind()
                        .map(behind -> ", " + Format.count(behind) + " offsets behind")
                        .orElse(""));
        out.println("to         " + status.target());
        out.println("started    " + status.started() + ", as of " + status.updated()
                + (status.restarts() == 0 ? "" : ", begun again " + status.restarts() + " times"));
        out.println("checkpoint " + status.checkpoint()
                + status.checkpointed().map(time -> " of " + time).orElse(""));
        out.println("watermark  " + status.watermark().map(Instant::toString).orElse("none yet"));
        out.println("extracted  " + Format.count(status.counts().extracted()) + " = loaded "
                + Format.count(status.counts().loaded()) + " + filtered "
                + Format.count(status.counts().filtered()) + " + deduplicated "
                + Format.count(status.counts().deduplicated()) + " + rejected "
                + Format.count(status.counts().rejected())
                + (status.keyed().late() == 0
                        ? ""
                        : ", of them late " + Format.count(status.keyed().late()))
                + (status.keyed().waiting() == 0
                        ? ""
                        : ", + waiting " + Format.count(status.keyed().waiting())));
        Counts groups = status.keyed().groups();
        if (groups.extracted() > 0) {
            out.println("groups     " + Format.count(groups.extracted()) + " = loaded " + Format.count(groups.loaded())
                    + " + filtered " + Format.count(groups.filtered() + groups.deduplicated()) + " + rejected "
                    + Format.count(groups.rejected()));
        }
        status.savepoint().ifPresent(savepoint -> out.println("savepoint  " + savepoint));
    }
}
