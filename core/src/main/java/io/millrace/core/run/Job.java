package io.millrace.core.run;

import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.RetryPolicy;
import io.millrace.core.ledger.Definition;
import io.millrace.core.step.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pipeline ready to run: everything resolved, nothing touched yet.
 *
 * @param file the pipeline file, if it came from one
 * @param overrides the {@code --set} edits, so that a resume can repeat them
 */
public record Job(
        String pipeline,
        Optional<Path> file,
        List<String> overrides,
        Supplier<Extractor> source,
        List<Step> steps,
        Supplier<Loader> target,
        Options options,
        Definition definition) {
    /**
     * How to run, without effect on the rows.
     *
     * @param rejects where rejected rows go; empty: into the state folder
     */
    public record Options(
            int parallelism, int batchRows, double maxErrorRate, RetryPolicy retry, Optional<Path> rejects) {}
}
