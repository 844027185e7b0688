package io.millrace.engines.flink;

import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.Loader;
import io.millrace.api.MessageSource;
import io.millrace.api.MillraceException;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.run.Job;
import io.millrace.core.step.StepChain;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the operators of one stream share in one process: they are serialised, and connectors, with their class loaders, are
 * not. Operators carry the key, and find the rest here. Thread-safe.
 *
 * @param deadLetters where rejected rows go, if not into the state folder
 * @param state as it was when the job was started
 * @param pendingFolder of rows and rejects that no commit has taken up yet
 * @param rejectsFolder of rejected rows that are kept for people
 * @param workingFolder of state that a job works with; nothing in it outlives the process
 */
record StreamParts(
        String key,
        Job.Options options,
        StreamSettings settings,
        MessageSource source,
        StreamStages stages,
        Loader loader,
        Optional<Loader> deadLetters,
        Lineage lineage,
        Fence fence,
        Optional<Fence> deadLetterFence,
        StreamState state,
        Path pendingFolder,
        Path rejectsFolder,
        Path workingFolder,
        Progress progress) {
    private static final Map<String, StreamParts> BY_KEY = new ConcurrentHashMap<>();

    /** The lineage of dead letters, which may lie in the same target as the rows. */
    static Lineage deadLetterLineage(Lineage lineage) {
        return new Lineage(lineage.pipeline(), lineage.id() + "-rejects");
    }

    /** All steps. */
    StepChain steps() {
        return stages.chain();
    }

    void register() {
        BY_KEY.put(key, this);
    }

    void forget() {
        BY_KEY.remove(key);
    }

    static StreamParts of(String key) {
        StreamParts parts = BY_KEY.get(key);
        if (parts == null) {
            throw MillraceException.user("this stream was started by another process; a stream runs in one process");
        }
        return parts;
    }
}
