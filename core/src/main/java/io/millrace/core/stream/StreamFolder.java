package io.millrace.core.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

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

    /** State of keyed steps that a job works with; checkpoints hold what is to be kept. */
    public Path working(String lineage) {
        return root.resolve(lineage).resolve("working");
    }

    /** Rejected rows, kept for people. */
    public Path rejects(String lineage) {
        return root.resolve(lineage).resolve("rejects");
    }

    /** True where the pipeline has been streamed before. */
    public boolean exists() {
        return Files.exists(lineage());
    }

    /**
     * How the stream was doing when it was last heard of; empty where it never was. One whose process has ended without a word
     * is LOST, whatever it said last.
     */
    public Optional<StreamStatus> latest() {
        return StreamStatusJson.read(status())
                .map(told -> told.state() == StreamStatus.State.RUNNING && !held() ? told.lost() : told);
    }

    /** Whether a process runs the stream: it holds the lock to its end, whatever that is. */
    private boolean held() {
        // A shared lock, so that two who ask do not see each other.
        try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.READ);
                FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return free == null;
        } catch (OverlappingFileLockException heldHere) {
            return true;
        } catch (IOException unreadable) {
            // A lock that cannot be asked for is no reason to call the stream dead.
            return Files.exists(lock());
        }
    }
}
