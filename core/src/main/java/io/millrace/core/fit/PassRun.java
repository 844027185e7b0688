package io.millrace.core.fit;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs a pass as a run of its own, whose state is in a temporary folder and goes with it. */
final class PassRun {
    private final Job job;
    private final Optional<TimeWindow> window;
    private final Supplier<RunListener> listeners;
    private final StopSignal stop;

    PassRun(Job job, Optional<TimeWindow> window, Supplier<RunListener> listeners, StopSignal stop) {
        this.job = job;
        this.window = window;
        this.listeners = listeners;
        this.stop = stop;
    }

    /** Fills the target; returns what became of the source's rows. Fails as the run has failed. */
    Counts into(LearningTarget target, FitPass pass) {
        Job learning = new Job(
                job.pipeline(),
                Optional.empty(),
                job.overrides(),
                job.source(),
                pass.before(),
                () -> target,
                withoutRejectFolder(job.options()),
                job.definition());
        Path state = temporaryFolder();
        try (SqliteLedger ledger = SqliteLedger.open(state)) {
            RunReport report =
                    new Runner(ledger, state, new LocalEngine(), progress(), stop).run(learning, window, Rerun.DEFAULT);
            report.failure().ifPresent(failure -> {
                throw failed(failure, report.counts());
            });
            return report.counts();
        } finally {
            remove(state);
        }
    }

    /** That this is a run is nobody's business: no command will find it afterwards. */
    private RunListener progress() {
        RunListener listener = listeners.get();
        return event -> {
            if (!(event instanceof RunEvent.Started || event instanceof RunEvent.Committing)) {
                listener.on(event);
            }
        };
    }

    /** Rejected rows are stored by the runs that follow. */
    private static Job.Options withoutRejectFolder(Job.Options options) {
        return new Job.Options(
                options.parallelism(),
                options.batchRows(),
                options.maxErrorRate(),
                options.retry(),
                options.checkpoint(),
                Optional.empty());
    }

    private MillraceException failed(RunReport.Failure failure, Counts counts) {
        if (failure.kind() == ErrorKind.DATA) {
            return new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "nothing was learned: %,d of %,d rows were rejected, more than run.max_error_rate = %s allows;"
                                    + " 'millrace preview' shows why, and a run stores them",
                            counts.rejected(),
                            counts.extracted(),
                            job.options().maxErrorRate()));
        }
        return new MillraceException(
                failure.kind(), failure.message(), failure.cause().orElse(null));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("millrace-fit");
        } catch (IOException failed) {
            throw MillraceException.unavailable(
                    "cannot make a temporary folder (" + failed + "); see that the disk has space", failed);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException leftBehind) {
            // In the system's temporary folder, where it does no harm.
        }
    }
}
