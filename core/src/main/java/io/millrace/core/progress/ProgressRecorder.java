package io.millrace.core.progress;

import io.millrace.core.progress.RunProgress.Active;
import io.millrace.core.progress.RunProgress.Retried;
import io.millrace.core.progress.RunProgress.Sample;
import io.millrace.core.progress.RunProgress.Verdict;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.transform.check.CheckOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Hears a run and writes its progress into a file once a second, by a thread of its own: the run never waits for it, and a
 * file that cannot be written is given up silently. Close it when the run has ended.
 */
public final class ProgressRecorder implements RunListener, AutoCloseable {
    private static final long WRITE_MILLIS = 1_000;
    private static final int RETRIES_KEPT = 50;
    private static final int MESSAGE_KEPT = 500;

    private final Path stateFolder;
    private final Clock clock;
    private final Thread writer = new Thread(this::writeOnAndOn, "millrace-progress");
    private final Samples samples = new Samples();
    private final Map<String, Active> active = new LinkedHashMap<>();
    private final Deque<Retried> retries = new ArrayDeque<>();
    private String run;
    private String phase = "planning";
    private long rows;
    private long rejected;
    private List<Verdict> checks = List.of();
    private List<String> warnings = List.of();
    private boolean closed;

    public ProgressRecorder(Path stateFolder) {
        this(stateFolder, Clock.systemUTC());
    }

    ProgressRecorder(Path stateFolder, Clock clock) {
        this.stateFolder = stateFolder;
        this.clock = clock;
        writer.setDaemon(true);
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            begin(started);
        } else if (event instanceof RunEvent.Planned planned) {
            phase = "reading";
            rows = planned.rowsDone();
            samples.addAnyway(sample());
        } else if (event instanceof RunEvent.Exchanging exchanging) {
            phase = "exchange: " + exchanging.step();
            active.clear();
        } else if (event instanceof RunEvent.SplitStarted begun) {
            active.put(begun.split().id(), new Active(begun.split().id(), begun.attempt(), 0));
        } else if (event instanceof RunEvent.Progressed progressed) {
            rows += progressed.rows();
            rejected += progressed.rejected();
            active.computeIfPresent(
                    progressed.split().id(),
                    (id, known) -> new Active(id, known.attempt(), known.rows() + progressed.rows()));
        } else if (event instanceof RunEvent.Retrying retrying) {
            retry(retrying);
        } else if (event instanceof RunEvent.Staged staged) {
            active.remove(staged.split().id());
        } else if (event instanceof RunEvent.Committing) {
            phase = "committing";
            active.clear();
        } else if (event instanceof RunEvent.Ended ended) {
            end(ended.report());
        }
    }

    private void begin(RunEvent.Started started) {
        run = started.run();
        phase = "planning";
        if (started.resumed()) {
            ProgressFile.read(stateFolder, run).ifPresent(earlier -> samples.restore(earlier.samples()));
        }
        if (!writer.isAlive() && !closed) {
            writer.start();
        }
    }

    private void retry(RunEvent.Retrying retrying) {
        rows -= retrying.rowsTakenBack();
        active.remove(retrying.split().id());
        String message = String.valueOf(retrying.failure().getMessage());
        retries.add(new Retried(
                clock.millis(),
                retrying.split().id(),
                retrying.attempt(),
                message.substring(0, Math.min(MESSAGE_KEPT, message.length()))));
        if (retries.size() > RETRIES_KEPT) {
            retries.remove();
        }
    }

    private void end(RunReport report) {
        phase = "ended";
        active.clear();
        if (run == null) {
            // Nothing was begun here: it was done before, or only its commit was left.
            ProgressFile.sweep(stateFolder, report.run());
        }
        if (report.status() != RunReport.Status.ALREADY_DONE) {
            samples.addAnyway(sample());
            checks = report.checks().stream().map(ProgressRecorder::verdict).toList();
            warnings = report.warnings();
        }
    }

    private static Verdict verdict(CheckOutcome outcome) {
        return new Verdict(
                outcome.check(),
                outcome.severity().name().toLowerCase(Locale.ROOT),
                outcome.rows(),
                outcome.failed(),
                outcome.problem().orElse(null));
    }

    private Sample sample() {
        Runtime runtime = Runtime.getRuntime();
        return new Sample(clock.millis(), rows, rejected, runtime.totalMemory() - runtime.freeMemory());
    }

    private synchronized RunProgress snapshot() {
        if (phase.equals("reading")) {
            samples.add(sample());
        }
        return new RunProgress(
                RunProgress.VERSION,
                run,
                ProcessHandle.current().pid(),
                clock.millis(),
                phase,
                rows,
                rejected,
                List.copyOf(active.values()),
                List.copyOf(retries),
                samples.toList(),
                checks,
                warnings);
    }

    private void writeOnAndOn() {
        try {
            while (true) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    wait(WRITE_MILLIS);
                }
                ProgressFile.write(stateFolder, snapshot());
            }
        } catch (InterruptedException | IOException givenUp) {
            // Nobody can watch then; the run goes on.
        }
    }

    /** Writes the last state. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (run == null) {
            return;
        }
        try {
            writer.join();
            ProgressFile.write(stateFolder, snapshot());
        } catch (IOException givenUp) {
            // As above.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
