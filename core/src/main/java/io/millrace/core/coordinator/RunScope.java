package io.millrace.core.coordinator;

import io.millrace.api.Extractor;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Loader;
import io.millrace.api.StagingLoader;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import io.millrace.core.engine.BatchEngine;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopSignal;
import io.millrace.core.step.StepChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all parts of one attempt at a run share: the job, both of its ends, the right to work on it. One thread. */
final class RunScope {
    private final Runner runner;
    private final Job job;
    private final RunKey key;
    private final Extractor extractor;
    private final Loader loader;
    private final Lease lease;
    private final Instant started;
    private final List<StepDefinition> steps;
    private final RunArtifacts artifacts;
    private final List<String> warnings = new ArrayList<>();

    RunScope(Runner runner, Job job, RunKey key, Extractor extractor, Loader loader, Lease lease, Instant started) {
        this.runner = runner;
        this.job = job;
        this.key = key;
        this.extractor = extractor;
        this.loader = loader;
        this.lease = lease;
        this.started = started;
        this.steps = runner.engine().adapted(job.steps());
        this.artifacts = new RunArtifacts(steps);
    }

    Ledger ledger() {
        return runner.ledger();
    }

    BatchEngine engine() {
        return runner.engine();
    }

    RunListener listener() {
        return runner.listener();
    }

    /** Who has asked for the run. */
    Optional<String> scheduledBy() {
        return runner.scheduledBy();
    }

    StopSignal stop() {
        return runner.stop();
    }

    Job job() {
        return job;
    }

    RunKey key() {
        return key;
    }

    Extractor extractor() {
        return extractor;
    }

    Loader loader() {
        return loader;
    }

    Lease lease() {
        return lease;
    }

    /** When this attempt began. */
    Instant started() {
        return started;
    }

    /** The job's, as the engine runs them. */
    List<StepDefinition> steps() {
        return steps;
    }

    RunArtifacts artifacts() {
        return artifacts;
    }

    /** What a user should know, in the order in which it was found out. */
    List<String> warnings() {
        return warnings;
    }

    RunFolder folder(RunRecord run) {
        return new RunFolder(runner.stateFolder(), run.id(), job.options().rejects());
    }

    RunStages stages(RunRecord run, StepChain chain) {
        return new RunStages(run, chain, job.options(), ledger(), folder(run));
    }

    static Lineage lineage(RunRecord run) {
        return new Lineage(run.key().pipeline(), run.id());
    }

    /** Equal for every attempt at the run. */
    Instant asOf(RunRecord run) {
        return key.window().flatMap(TimeWindow::end).orElse(run.started());
    }

    LoadRequest request(RunRecord run, Schema output) {
        return new LoadRequest(output, lineage(run), key.window(), asOf(run));
    }

    /** Takes the target's fence. */
    Fence prepare(RunRecord run, Schema output) {
        return loader.prepare(request(run, output));
    }

    void dropStaged(RunRecord run) {
        if (loader instanceof StagingLoader staging) {
            staging.cleanup(lineage(run), List.of());
        }
    }

    void removeAllOf(RunRecord run) {
        dropStaged(run);
        folder(run).delete();
    }
}
