package io.millrace.connectors.files;

import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes changes of a target one after another: among this process's threads by a lock in memory, among processes of this
 * host by a lock of the operating system, which ends with its process. Held for single steps, never for a whole run.
 */
final class TargetLock {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Map<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private TargetLock() {}

    /** What is done under the lock. */
    interface Step<T> {
        T run() throws IOException;
    }

    /** Waits for the lock, creating folder and file where they are missing, and runs the step, which must not ask for it again. */
    static <T> T holding(TargetFolder target, Step<T> step) throws IOException {
        DurableFiles.createDirectories(target.privateFolder());
        long end = System.nanoTime() + PATIENCE.toNanos();
        ReentrantLock within =
                WITHIN_PROCESS.computeIfAbsent(target.privateFolder().toRealPath(), path -> new ReentrantLock());
        try {
            if (!within.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(target);
            }
            try (FileChannel channel =
                    FileChannel.open(target.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                while (channel.tryLock() == null) {
                    if (System.nanoTime() > end) {
                        throw busy(target);
                    }
                    // Another process holds it: a waiting lock() could not be given up in time.
                    Thread.sleep(10);
                }
                return step.run();
            } finally {
                within.unlock();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillraceException(
                    ErrorKind.STOPPED, "stopped while waiting for the lock of " + target.root(), stopped);
        }
    }

    private static MillraceException busy(TargetFolder target) {
        return new MillraceException(
                ErrorKind.UNAVAILABLE,
                "another process has been changing " + target.root() + " for " + PATIENCE.toMinutes()
                        + " minutes (lock file " + target.lock() + "); wait for it or end it");
    }
}
