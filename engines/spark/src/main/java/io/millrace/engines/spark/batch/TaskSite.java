package io.millrace.engines.spark.batch;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.Extractor;
import io.millrace.api.LoadRequest;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.core.engine.StageInput;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.step.GatheredClaims;
import io.millrace.core.step.StagedSteps;
import io.millrace.core.step.StepChain;
import java.util.List;
import java.util.Optional;

/**
 * A run in a task's process: the pipeline made anew from what has travelled, and its ends as far as they are needed. One
 * thread, whose class loader for libraries is the plugins' as long as it is open.
 */
final class TaskSite implements AutoCloseable {
    private final TaskRun run;
    private final Job job;
    private final Lookups lookups;
    private final StagedSteps steps;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private Extractor extractor;
    private Loader loader;

    TaskSite(TaskRun run, RunFolder folder) {
        this.run = run;
        CatalogSource.Found found = run.catalogs().find();
        Thread.currentThread().setContextClassLoader(found.context());
        this.job = run.job().job(found.catalog());
        List<StepDefinition> adapted = GatheredClaims.in(job.steps());
        this.lookups = SharedLookups.of(run.runId(), adapted, run.files().lookupFolder(folder));
        this.steps = new StagedSteps(StepChain.resolve(adapted, run.source(), lookups.at(run.started())));
    }

    Job.Options options() {
        return job.options();
    }

    StagedSteps steps() {
        return steps;
    }

    /** The source, as the driver has planned it. */
    StageInput source() {
        extractor = job.source().get();
        extractor.resume(run.pin());
        if (!extractor.schema().equals(run.source())) {
            throw stale("yields " + extractor.schema() + " here, and " + run.source() + " where it was planned");
        }
        // The plan of an earlier process may have ended with it.
        if (!run.plannedNow() && extractor.check(run.pin()) == PinState.RESTART) {
            throw stale("has changed since it was planned");
        }
        return new StageInput() {
            @Override
            public String label() {
                return "extract";
            }

            @Override
            public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
                return extractor.open(split, resumePoint, rejects);
            }
        };
    }

    private MillraceException stale(String why) {
        return new MillraceException(
                ErrorKind.STALE, extractor.describe() + " " + why + "; begin the run anew with --restart");
    }

    /** The target, which the driver has prepared. */
    Loader target() {
        loader = job.target().get();
        loader.join(
                new LoadRequest(steps.chain().output(), run.lineage(), run.job().window(), run.asOf()));
        return loader;
    }

    /** What the source's readers have come across, and what was looked up in this process since somebody asked. */
    TaskNotes notes() {
        return new TaskNotes(extractor == null ? List.of() : extractor.notices(), lookups.takeTallies());
    }

    @Override
    public void close() {
        try (Extractor source = extractor;
                Loader target = loader) {
            extractor = null;
            loader = null;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
