package io.millrace.core.embedded;

import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.airflow.Dags;
import io.millrace.core.airflow.Program;
import io.millrace.core.airflow.ScheduledPipeline;
import io.millrace.core.airflow.Workers;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Moves records from a source through transformers to a target: the same run as that of a pipeline file with these settings,
 * on columns and several threads, exactly once, with retries, and resumable.
 *
 * <p>A run is known by the pipeline's name and its window, and remembered in {@code .millrace} of its directory. Running the
 * same again finishes what was interrupted; where it was finished, an append is not done again, and other modes replace what
 * they wrote. A definition that has changed since is refused: {@code Rerun} says what else to do. One run at a time;
 * {@link #status} and {@link #stop} may be called from any thread.
 */
public final class Pipeline {
    private final Source source;
    private final Target target;
    private final PipelineOptions options;
    private final AtomicReference<StopSignal> running = new AtomicReference<>();
    private volatile Optional<Statistics> last = Optional.empty();

    /** A pipeline with {@link PipelineOptions#defaults}. */
    public Pipeline(Source source, Target target) {
        this(source, target, PipelineOptions.defaults());
    }

    /** A pipeline with this batch size and error threshold, and otherwise with {@link PipelineOptions#defaults}. */
    public Pipeline(Source source, Target target, int batchSize, double errorThreshold) {
        this(source, target, PipelineOptions.defaults().withBatchSize(batchSize).withErrorThreshold(errorThreshold));
    }

    /** Touches nothing. Source and target need not be connected, and stay as they are. */
    public Pipeline(Source source, Target target, PipelineOptions options) {
        this.source = source;
        this.target = target;
        this.options = options;
    }

    /** Runs for everything; see {@link #run(String, String, List, Instant, Instant)}. */
    public Statistics run(String source, String target, List<? extends Transformer> transformers) {
        return run(source, target, transformers, null, null);
    }

    /**
     * Runs for a window, and returns when it is done.
     *
     * @param source what the source's connector takes for a name: for PostgreSQL a table or a SELECT
     * @param target what the target's connector takes for a name: for Parquet a folder
     * @param start of the source's time column, inclusive; null: unbounded
     * @param end of the source's time column, exclusive; null: unbounded
     * @return what came of it: success, or that it was done before
     * @throws MillraceException where it did not succeed; its kind tells whose turn it is, and {@link #status} has the
     *     statistics if it began to work. DATA where more records failed than the error threshold allows, BUSY where it is
     *     already running, STOPPED where {@link #stop} was called
     */
    public Statistics run(
            String source, String target, List<? extends Transformer> transformers, Instant start, Instant end) {
        StopSignal stop = new StopSignal();
        if (!running.compareAndSet(null, stop)) {
            throw new MillraceException(
                    ErrorKind.BUSY, "this pipeline is running; wait for its end, or make another one");
        }
        try {
            Optional<TimeWindow> window = TimeWindow.between(start, end);
            Job job = PipelineDocument.job(this.source, source, this.target, target, transformers, options);
            RunReport report = perform(job, window, stop);
            last = Optional.of(Statistics.of(source, target, report));
            report.failure().ifPresent(failure -> {
                throw new MillraceException(
                        failure.kind(),
                        "pipeline '" + job.pipeline() + "', run " + report.run() + ": " + failure.message(),
                        failure.cause().orElse(null));
            });
            return last.get();
        } finally {
            running.set(null);
        }
    }

    private RunReport perform(Job job, Optional<TimeWindow> window, StopSignal stop) {
        Path state = options.directory().resolve(".millrace");
        try (Ledger ledger = SqliteLedger.open(state)) {
            return new Runner(ledger, state, new LocalEngine(), options.listener(), stop)
                    .run(job, window, options.rerun());
        }
    }

    /**
     * The DAG file that has Airflow (2.10 or 3) run this pipeline at the times of a cron expression, in UTC; the text is that of
     * {@code millrace dag}.
     *
     * @param program what runs this pipeline, for instance {@code java -jar reco.jar}: a program that finds the window in
     *     the environment, {@code MILLRACE_START} and {@code MILLRACE_END}, both empty where there is none. Without one, {@code
     *     millrace run} is called with a pipeline file of this name, {@code NAME.yaml} in the pipeline's directory
     * @throws MillraceException a user error where this pipeline has no name of its own, or would go well only once
     */
    public String schedule(String cron, String... program) {
        ScheduleSettings settings;
        try {
            settings = ScheduleSettings.of(cron);
        } catch (InvalidSetting wrong) {
            throw MillraceException.user("the schedule " + wrong.getMessage());
        }
        return schedule(settings, program);
    }

    /** The same, with all that a pipeline file may say under {@code schedule}; it depends on no other pipeline. */
    public String schedule(ScheduleSettings schedule, String... program) {
        String name = options.name()
                .orElseThrow(() -> MillraceException.user(
                        "a pipeline that is scheduled needs a name of its own; give it one by withName"));
        PipelineDefinition definition = PipelineDocument.definition(source, "any", target, "any", List.of(), options);
        Program runs = program.length == 0
                ? new Program.OfFile(options.directory().resolve(name + ".yaml"))
                : new Program.OfCommand(List.of(program));
        ScheduledPipeline scheduled = ScheduledPipeline.of(definition, runs, Optional.of(schedule));
        return Dags.each(List.of(scheduled), Workers.DEFAULT, options.directory())
                .get(0)
                .text();
    }

    /** Asks the run that is going on, if there is one, to stop at the next batch; it can be resumed. */
    public void stop() {
        StopSignal signal = running.get();
        if (signal != null) {
            signal.request();
        }
    }

    public PipelineStatus status() {
        return new PipelineStatus(
                running.get() == null ? PipelineStatus.State.IDLE : PipelineStatus.State.RUNNING, last);
    }
}
