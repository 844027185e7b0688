package io.millrace.testkit.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Collects what a process writes, on a thread of its own. */
final class Collected {
    private static final long PATIENCE_MILLIS = 10_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    private Collected() {}

    static Collected from(InputStream stream) {
        Collected collected = new Collected();
        Thread reader = new Thread(() -> collected.readAll(stream), "child-output");
        reader.setDaemon(true);
        reader.start();
        return collected;
    }

    private void readAll(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                add(buffer, read);
            }
        } catch (IOException closed) {
            // The process was killed; what came before counts.
        }
        end();
    }

    private synchronized void add(byte[] buffer, int length) {
        bytes.write(buffer, 0, length);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the text; false at the end of the stream. */
    synchronized boolean await(String text, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!text().contains(text)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("'" + text + "' had not come after " + patience + ", but:\n" + text());
            }
            if (ended) {
                return false;
            }
            waitFor(left);
        }
        return true;
    }

    /** Everything, once the process has ended. */
    synchronized String whole() {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        // A grandchild may hold the pipe open for longer than the process lives.
        for (long left = PATIENCE_MILLIS; !ended && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            waitFor(left);
        }
        return text();
    }

    private void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a child process's output", interrupted);
        }
    }
}
