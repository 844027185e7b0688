package io.millrace.core.engine;

import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import java.util.List;

/** Runs the splits of a planned run to the end. */
public interface BatchEngine {
    /**
     * Reads, transforms and hands in every split that is not finished yet, of all stages. Returns when all are; throws the
     * first failure that could not be retried, with every worker ended or no longer able to hand anything in.
     */
    void execute(RunWork work);

    /** The steps of a job as this engine runs them. They yield the same rows, and have the same labels. */
    default List<StepDefinition> adapted(List<StepDefinition> steps) {
        return steps;
    }

    /**
     * True where rows on their way from one stage to the next are kept with the run's state, as pieces: then what has been
     * read before a keyed step is not read again after a crash.
     */
    default boolean keepsExchanged() {
        return true;
    }

    /**
     * True where rejected rows travel with the result of a piece, so that they can be lost where its counts are not; a piece
     * that is worked off again brings them, also where the target has it already.
     */
    default boolean carriesRejects() {
        return false;
    }

    /** How many splits are worked on at a time. */
    default int parallelism(Job.Options options) {
        return options.parallelism();
    }
}
