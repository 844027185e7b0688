package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where one thread puts what another one takes, in order; the first stays ahead by a bounded weight. */
final class Handover<T> implements AutoCloseable {
    private final long budget;
    private final String name;
    private final Deque<Weighted<T>> waiting = new ArrayDeque<>();
    private long weight;
    private boolean closed;

    private record Weighted<T>(T value, long weight) {}

    /** @param name of what is read, for messages */
    Handover(long budget, String name) {
        this.budget = budget;
        this.name = name;
    }

    /** Waits for room; one value is taken whatever it weighs. False where nobody takes any more. */
    synchronized boolean put(T value, long ofWeight) {
        while (!closed && weight > 0 && weight + ofWeight > budget) {
            try {
                wait();
            } catch (InterruptedException foreign) {
                return false;
            }
        }
        waiting.add(new Weighted<>(value, ofWeight));
        weight += ofWeight;
        notifyAll();
        return !closed;
    }

    /** Waits for the next value. A failure of kind STOPPED after {@link #close}. */
    synchronized T take() {
        while (true) {
            if (closed) {
                throw stopped(null);
            }
            Weighted<T> next = waiting.poll();
            if (next != null) {
                weight -= next.weight;
                notifyAll();
                return next.value;
            }
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw stopped(interrupted);
            }
        }
    }

    private MillraceException stopped(Throwable cause) {
        return new MillraceException(ErrorKind.STOPPED, "reading " + name + " was stopped.", cause);
    }

    /** Ends whoever waits on either side. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }
}
