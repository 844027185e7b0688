package io.millrace.testkit.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A started child process. Its output is read as it comes, so that it never blocks on a full pipe. Closing kills it and what
 * it has started. One thread, except that {@link #kill} may come from any.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE_WITH_SIGNALS = Duration.ofSeconds(10);

    private final Process process;
    private final Collected output;
    private final Collected errors;

    ChildProcess(Process process) {
        this.process = process;
        this.output = Collected.from(process.getInputStream());
        this.errors = Collected.from(process.getErrorStream());
    }

    /** The process id; of the wrapper, where it was started under one. */
    public long pid() {
        return process.pid();
    }

    /** False from its end on. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until stderr holds this text.
     *
     * @return false where the process has ended without it
     * @throws AssertionError where neither has happened in time
     */
    public boolean awaitErrorText(String text, Duration patience) {
        return errors.await(text, patience);
    }

    /** {@code kill -9}, of it and of all that it has started; the end is awaited. */
    public void kill() {
        try (Stream<ProcessHandle> started = process.descendants()) {
            started.toList().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
        awaitEnd(PATIENCE_WITH_SIGNALS);
    }

    /** Sends a signal by its short name: {@code TERM}, {@code INT}, {@code STOP}, {@code CONT}. */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(PATIENCE_WITH_SIGNALS.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("could not send SIG" + name + " to process " + pid());
            }
        } catch (IOException failed) {
            throw new AssertionError("this test needs the kill command", failed);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Waits for its end; where that takes longer than {@code patience}, kills it and fails. */
    public ChildExit await(Duration patience) {
        if (!awaitEnd(patience)) {
            kill();
            throw new AssertionError(
                    "the child process had not ended after " + patience + "; it was killed: " + exit());
        }
        return exit();
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private ChildExit exit() {
        return new ChildExit(process.exitValue(), output.whole(), errors.whole());
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for a child process", cause);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
