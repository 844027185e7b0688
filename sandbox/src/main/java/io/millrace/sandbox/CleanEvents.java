package io.millrace.sandbox;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The accepted first copies among the events of a sequence. */
final class CleanEvents implements Iterator<CleanEvent> {
    private final EventSequence sequence;
    private final Catalog catalog;
    private final Event event = new Event();
    private long left;
    private boolean ready;

    CleanEvents(EventSequence sequence, long rows, Catalog catalog) {
        this.sequence = sequence;
        this.left = rows;
        this.catalog = catalog;
    }

    @Override
    public boolean hasNext() {
        while (!ready && left > 0) {
            left--;
            sequence.next(event);
            ready = !event.duplicate && !event.isRejected();
        }
        return ready;
    }

    @Override
    public CleanEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        return CleanEvent.of(event, catalog);
    }
}
