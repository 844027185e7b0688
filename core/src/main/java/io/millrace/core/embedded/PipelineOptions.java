package io.millrace.core.embedded;

import io.millrace.core.coordinator.Rerun;
import io.millrace.core.run.RunListener;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a {@link Pipeline} runs. Immutable; each method returns changed options.
 *
 * @param name under which runs are remembered and found again, as in a pipeline file; absent: made from the names of source
 *     and target
 * @param directory where relative paths begin and where {@code .millrace}, the memory of runs, lies
 * @param batchSize rows that go through the transformers together, 1 to 65,536
 * @param errorThreshold the share of extracted records that may fail, 0 to 1
 * @param parallelism how many parts of the source are worked on at a time; absent: one a processor
 * @param rerun what to do where the same run was begun or finished before
 * @param listener hears the run's events, from several threads
 */
public record PipelineOptions(
        Optional<String> name,
        Path directory,
        int batchSize,
        double errorThreshold,
        OptionalInt parallelism,
        Rerun rerun,
        RunListener listener) {
    /** A batch size of 10,000, an error threshold of 0.05, and the working directory. */
    public static PipelineOptions defaults() {
        return new PipelineOptions(
                Optional.empty(),
                Path.of("").toAbsolutePath(),
                Source.DEFAULT_BATCH_SIZE,
                0.05,
                OptionalInt.empty(),
                Rerun.DEFAULT,
                RunListener.NONE);
    }

    public PipelineOptions withName(String chosen) {
        return new PipelineOptions(
                Optional.of(chosen), directory, batchSize, errorThreshold, parallelism, rerun, listener);
    }

    public PipelineOptions withDirectory(Path chosen) {
        return new PipelineOptions(
                name, chosen.toAbsolutePath(), batchSize, errorThreshold, parallelism, rerun, listener);
    }

    public PipelineOptions withBatchSize(int rows) {
        return new PipelineOptions(name, directory, rows, errorThreshold, parallelism, rerun, listener);
    }

    public PipelineOptions withErrorThreshold(double share) {
        return new PipelineOptions(name, directory, batchSize, share, parallelism, rerun, listener);
    }

    public PipelineOptions withParallelism(int workers) {
        return new PipelineOptions(
                name, directory, batchSize, errorThreshold, OptionalInt.of(workers), rerun, listener);
    }

    public PipelineOptions withRerun(Rerun chosen) {
        return new PipelineOptions(name, directory, batchSize, errorThreshold, parallelism, chosen, listener);
    }

    public PipelineOptions withListener(RunListener chosen) {
        return new PipelineOptions(name, directory, batchSize, errorThreshold, parallelism, rerun, chosen);
    }
}
