package io.millrace.engines.flink;

import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Held by the one process that runs a stream; the operating system releases it with the process. */
final class StreamLock implements AutoCloseable {
    private static final long ASKING_NANOS = 200_000_000;

    private final FileChannel channel;

    private StreamLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it; BUSY where another process has it. */
    static StreamLock take(Path file, String pipeline) {
        try {
            DurableFiles.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null && lockAgain(channel) == null) {
                channel.close();
                throw new MillraceException(
                        ErrorKind.BUSY,
                        "another process runs the stream of pipeline '" + pipeline + "' (it holds " + file
                                + "); stop it first");
            }
            return new StreamLock(channel);
        } catch (IOException failed) {
            throw MillraceException.denied("cannot lock " + file + " (" + failed + ")", failed);
        }
    }

    /** Once more after a moment: somebody may only have asked whether the stream runs. */
    private static FileLock lockAgain(FileChannel channel) throws IOException {
        LockSupport.parkNanos(ASKING_NANOS);
        return lock(channel);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It ends with the process.
        }
    }
}
