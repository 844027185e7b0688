package io.millrace.core.openlineage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends events by a thread of its own. Whoever hands one over never waits: where too many wait already, it is dropped and
 * counted. Closing waits for the rest, but not for long.
 */
final class EventSender implements AutoCloseable {
    private static final int WAITING = 100;

    private final EventTransport transport;
    private final Duration patience;
    private final Deque<Supplier<String>> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::sendOnAndOn, "millrace-lineage");
    private boolean closed;
    private boolean sending;
    private int lost;
    private String why = "";

    /** @param patience how long {@link #close} waits at most */
    EventSender(EventTransport transport, Duration patience) {
        this.transport = transport;
        this.patience = patience;
        thread.setDaemon(true);
    }

    /** @param event made by the sending thread */
    synchronized void offer(Supplier<String> event) {
        if (closed || waiting.size() >= WAITING) {
            lost++;
            why = "more than " + WAITING + " were waiting";
            return;
        }
        waiting.add(event);
        if (!thread.isAlive()) {
            thread.start();
        }
        notifyAll();
    }

    private void sendOnAndOn() {
        try {
            while (true) {
                Supplier<String> event;
                synchronized (this) {
                    while (waiting.isEmpty() && !closed) {
                        wait();
                    }
                    if (waiting.isEmpty()) {
                        return;
                    }
                    event = waiting.remove();
                    sending = true;
                }
                send(event);
                synchronized (this) {
                    sending = false;
                }
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Supplier<String> event) throws InterruptedException {
        try {
            transport.send(event.get());
        } catch (IOException | RuntimeException failed) {
            synchronized (this) {
                lost++;
                why = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            }
        }
    }

    /** What is to be told of events that did not arrive; empty where all did. Asked after {@link #close}. */
    synchronized Optional<String> complaint() {
        int missing = lost + waiting.size() + (sending ? 1 : 0);
        if (missing == 0) {
            return Optional.empty();
        }
        String reason = why.isEmpty() ? "there was no answer in " + patience.toSeconds() + " s" : why;
        return Optional.of(missing + (missing == 1 ? " lineage event" : " lineage events") + " did not reach "
                + transport.describe() + ": " + reason);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
