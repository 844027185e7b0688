package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.app.Signals;
import io.millrace.app.SparkProcess;
import io.millrace.app.console.ReportJson;
import io.millrace.app.console.ReportText;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.BatchEngine;
import io.millrace.core.engine.EngineFactory.OpenEngine;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.metrics.RunMeter;
import io.millrace.core.openlineage.OpenLineage;
import io.millrace.core.progress.ProgressRecorder;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.util.Optional;
import java.util.function.Function;

/** Runs a job in the foreground: signals, progress, report, exit code. */
final class JobRun {
    /** "Nothing to do", as Airflow's skip. */
    private static final int SKIPPED = 99;

    private final OutputOptions output;
    private final ProgressOptions progress;
    private final boolean skipEmpty;
    private final Optional<String> scheduledBy;
    private volatile int stoppedBy = ErrorKind.STOPPED.exitCode();

    JobRun(OutputOptions output, ProgressOptions progress, boolean skipEmpty) {
        this(output, progress, skipEmpty, Optional.empty());
    }

    JobRun(OutputOptions output, ProgressOptions progress, boolean skipEmpty, Optional<String> scheduledBy) {
        this.output = output;
        this.progress = progress;
        this.skipEmpty = skipEmpty;
        this.scheduledBy = scheduledBy;
    }

    int run(PreparedJob job, Optional<TimeWindow> window, Rerun rerun, StatePlace state) {
        if (Engines.elsewhere(job.run().engine())) {
            return SparkProcess.run();
        }
        return conclude(perform(job, window, rerun, state));
    }

    private int conclude(RunReport report) {
        if (output.json()) {
            output.print(ReportJson.of(report));
        }
        return exitCode(report);
    }

    /** Runs a job in this process and tells people what came of it. */
    RunReport perform(PreparedJob job, Optional<TimeWindow> window, Rerun rerun, StatePlace state) {
        return perform(stop -> report(job, window, rerun, state, stop), state);
    }

    private RunReport perform(Function<StopSignal, RunReport> work, StatePlace state) {
        StopSignal stop = new StopSignal();
        Signals.handle((exitCode, times) -> {
            if (times > 1) {
                Runtime.getRuntime().halt(exitCode);
            }
            stoppedBy = exitCode;
            System.err.println("\nstopping at the next batch; once more to stop at once");
            stop.request();
        });
        RunReport report;
        try (UiOption.Running dashboard = progress.watch(state)) {
            report = work.apply(stop);
        }
        ReportText.print(report, System.err);
        report.failure()
                .flatMap(RunReport.Failure::cause)
                .filter(cause -> output.debug())
                .ifPresent(cause -> cause.printStackTrace(System.err));
        return report;
    }

    private RunReport report(
            PreparedJob job, Optional<TimeWindow> window, Rerun rerun, StatePlace state, StopSignal stop) {
        try (Ledger ledger = state.open();
                OpenEngine engine = Engines.open(job, System.err::println)) {
            return report(ledger, engine, job.job(), window, rerun, state, stop);
        }
    }

    /** Runs a job on the engine local, without a word to people. */
    RunReport report(Job job, Optional<TimeWindow> window, Rerun rerun, StatePlace state, StopSignal stop) {
        try (Ledger ledger = state.open()) {
            return report(ledger, new LocalEngine(), job, window, rerun, state, stop);
        }
    }

    private RunReport report(
            Ledger ledger,
            BatchEngine engine,
            Job job,
            Optional<TimeWindow> window,
            Rerun rerun,
            StatePlace state,
            StopSignal stop) {
        Optional<OpenLineage> lineage = progress.lineage(window);
        RunMeter meter = new RunMeter(ledger, state.folder());
        try (ProgressRecorder recorder = new ProgressRecorder(state.folder())) {
            RunListener told =
                    RunListener.both(meter, lineage.map(RunListener.class::cast).orElse(RunListener.NONE));
            RunListener listener = RunListener.both(RunListener.both(progress.listener(), recorder), told);
            return new Runner(ledger, state.folder(), engine, listener, stop, scheduledBy).run(job, window, rerun);
        } catch (RuntimeException notBegun) {
            if (MillraceException.kindOf(notBegun) != ErrorKind.BUSY) {
                meter.couldNotBegin(job.pipeline());
            }
            throw notBegun;
        } finally {
            progress.writeMetrics(ledger, state);
            lineage.ifPresent(OpenLineage::close);
            lineage.flatMap(OpenLineage::complaint).ifPresent(lost -> System.err.println("warning: " + lost));
        }
    }

    int exitCode(RunReport report) {
        return switch (report.status()) {
            case SUCCESS -> skipEmpty && report.counts().extracted() == 0 ? SKIPPED : 0;
            case ALREADY_DONE -> skipEmpty ? SKIPPED : 0;
            case STOPPED -> stoppedBy;
            case FAILED -> report.failure().orElseThrow().kind().exitCode();
        };
    }
}
