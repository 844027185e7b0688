package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends waits when the reader is closed from another thread. */
final class Stop implements AutoCloseable {
    private final String what;
    private final CountDownLatch closed = new CountDownLatch(1);
    private CompletableFuture<?> running;

    /** @param what is stopped, for the message */
    Stop(String what) {
        this.what = what;
    }

    @Override
    public void close() {
        closed.countDown();
        CompletableFuture<?> call;
        synchronized (this) {
            call = running;
        }
        if (call != null) {
            call.cancel(true);
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    void check() {
        if (isClosed() || Thread.currentThread().isInterrupted()) {
            throw stopped();
        }
    }

    /** Waits; STOPPED where it is closed meanwhile. */
    void pause(Duration time) {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    /** The result of a call, which is cancelled when it takes too long, or when this is closed. */
    <T> T await(CompletableFuture<T> call, Duration longest) throws ExecutionException, TimeoutException {
        synchronized (this) {
            running = call;
        }
        try {
            check();
            return call.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        } catch (ExecutionException | CancellationException e) {
            check();
            if (e instanceof ExecutionException failed) {
                throw failed;
            }
            throw stopped();
        } finally {
            call.cancel(true);
            synchronized (this) {
                running = null;
            }
        }
    }

    private MillraceException stopped() {
        return new MillraceException(ErrorKind.STOPPED, what + " was stopped.");
    }
}
