package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Optional;

/** How a pipeline is run. Nothing here changes which rows come out. */
public record RunSettings(
        @Setting(value = "Where the work is done.", defaultValue = "local") Engine engine,
        @Setting(
                        value = "How many splits are worked on at a time, 1 to 1024; absent: as many as the machine has"
                                + " processors.",
                        example = "2")
                Optional<Integer> parallelism,
        @Setting(value = "Rows that go through the steps together, 1 to 65536.", defaultValue = "8192") int batchRows,
        @Setting(
                        value =
                                "The share of extracted rows that may be rejected before the run fails, 0 to 1; looked at"
                                        + " from 10,000 rows on and at the end.",
                        defaultValue = "0.05")
                double maxErrorRate,
        @Setting(value = "Repeating what failed for a reason that may pass.", defaultValue = "{}") RetrySettings retry,
        @Setting(
                        value =
                                "How often a split that takes long hands in what it has, where its source can go on in the"
                                        + " middle: what a crash costs, and how long a direct target's transaction lasts.",
                        defaultValue = "1m")
                Duration checkpoint,
        @Setting(
                        value = "A folder for rejected rows, relative to the pipeline file; absent: kept with the run's"
                                + " state.",
                        example = "lake/_rejects")
                Optional<String> rejects,
        @Setting(value = "Of the engine spark alone: which Spark, and its settings.", defaultValue = "{}")
                SparkRunSettings spark) {
    private static final int MAX_PARALLELISM = 1024;
    private static final int MAX_BATCH_ROWS = 65_536;

    public RunSettings {
        if (parallelism.isPresent() && (parallelism.get() < 1 || parallelism.get() > MAX_PARALLELISM)) {
            throw new InvalidSetting(
                    "parallelism", "must be from 1 to " + MAX_PARALLELISM + "; found " + parallelism.get());
        }
        if (batchRows < 1 || batchRows > MAX_BATCH_ROWS) {
            throw new InvalidSetting("batch_rows", "must be from 1 to " + MAX_BATCH_ROWS + "; found " + batchRows);
        }
        if (!(maxErrorRate >= 0 && maxErrorRate <= 1)) {
            throw new InvalidSetting(
                    "max_error_rate", "must be from 0 to 1, where 0.05 is five in a hundred; found " + maxErrorRate);
        }
        if (checkpoint.isNegative() || checkpoint.isZero()) {
            throw new InvalidSetting("checkpoint", "must be more than zero");
        }
        if (rejects.isPresent() && rejects.get().isBlank()) {
            throw new InvalidSetting("rejects", "must name a folder");
        }
    }

    /** The number of workers: as set, or one a processor. */
    public int workers() {
        return parallelism.orElseGet(
                () -> Math.min(MAX_PARALLELISM, Runtime.getRuntime().availableProcessors()));
    }
}
