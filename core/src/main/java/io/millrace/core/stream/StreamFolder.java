package io.millrace.core.stream;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a stream's state lies on this machine.
 *
 * @param root of all that is kept of one pipeline's stream
 */
public record StreamFolder(Path root) {
    /** Of a pipeline in a state folder. */
    public static StreamFolder of(Path stateFolder, String pipeline) {
        return new StreamFolder(stateFolder.resolve("streams").resolve(pipeline));
    }

    /** How the stream is doing. */
    public Path status() {
        return root.resolve("status.json");
    }

    /** Held by the process that runs the stream. */
    public Path lock() {
        return root.resolve("lock");
    }

    /** Which lineage is the newest. */
    public Path lineage() {
        return root.resolve("lineage.json");
    }

    public Path checkpoints(String lineage) {
        return root.resolve(lineage).resolve("checkpoints");
    }

    public Path savepoints(String lineage) {
        return root.resolve(lineage).resolve("savepoints");
    }

    /** Rows on their way to a target that takes them at a checkpoint, and rejected ones of checkpoints under way. */
    public Path pending(String lineage) {
        return root.resolve(lineage).resolve("pending");
    }

    /** Rejected rows, kept for people. */
    public Path rejects(String lineage) {
        return root.resolve(lineage).resolve("rejects");
    }

    /** True where the pipeline has been streamed before. */
    public boolean exists() {
        return Files.exists(lineage());
    }
}
