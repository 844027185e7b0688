package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Fetches ranges of an object on a thread of its own, so that the network's delay passes while somebody works on what came
 * before. It stops ahead of the reader by a budget. One thread reads, in ascending order; {@link #close} from any.
 */
final class ReadAhead implements AutoCloseable {
    private static final int BLOCK = 256 << 10;

    private final Storage storage;
    private final StoredObject object;
    private final List<ObjectRange> ranges;
    private final long budget;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private long fetched;
    private boolean ended;
    private boolean closed;
    private Throwable failure;
    private InputStream source;
    /** Where the reader is: what lies before has been dropped. */
    private long reached;

    private record Block(long position, byte[] bytes) {
        long end() {
            return position + bytes.length;
        }
    }

    private ReadAhead(Storage storage, StoredObject object, List<ObjectRange> ranges, long budget) {
        this.storage = storage;
        this.object = object;
        this.ranges = List.copyOf(ranges);
        this.budget = budget;
    }

    /**
     * Begins to fetch.
     *
     * @param ranges in ascending order, none of them empty
     * @param budget how many bytes to have in memory, beside what the reader has asked for
     */
    static ReadAhead of(Storage storage, StoredObject object, List<ObjectRange> ranges, long budget) {
        ReadAhead ahead = new ReadAhead(storage, object, ranges, budget);
        Thread fetching = new Thread(ahead::fetch, "read-ahead-" + object.key());
        fetching.setDaemon(true);
        fetching.start();
        return ahead;
    }

    private void fetch() {
        Throwable reason = null;
        try {
            for (ObjectRange range : ranges) {
                if (!fetch(range)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException | RuntimeException | Error broken) {
            reason = broken;
        } finally {
            end(reason);
        }
    }

    /** False where it was closed meanwhile. */
    private boolean fetch(ObjectRange range) throws IOException, InterruptedException {
        try (InputStream in = storage.open(object, range.from(), range.length())) {
            synchronized (this) {
                source = in;
            }
            for (long position = range.from(); position < range.end(); ) {
                byte[] bytes = new byte[(int) Math.min(BLOCK, range.end() - position)];
                if (!makeRoom(bytes.length) || in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    return false;
                }
                add(new Block(position, bytes));
                position += bytes.length;
            }
            return true;
        }
    }

    private synchronized boolean makeRoom(int bytes) throws InterruptedException {
        while (!closed && fetched > 0 && fetched + bytes > budget) {
            wait();
        }
        return !closed;
    }

    private synchronized void add(Block block) {
        blocks.add(block);
        fetched += block.bytes.length;
        notifyAll();
    }

    private synchronized void end(Throwable reason) {
        failure = reason;
        ended = true;
        source = null;
        notifyAll();
    }

    /** Whether these bytes are being fetched, and have not been passed. */
    synchronized boolean covers(long position, long length) {
        return position >= reached && ranges.stream().anyMatch(range -> range.contains(position, length));
    }

    /** Fills a part of the array with bytes that are {@link #covers covered}; waits for them. */
    void read(long position, byte[] target, int from, int length) {
        int filled = 0;
        while (filled < length) {
            filled += readSome(position + filled, target, from + filled, length - filled);
        }
    }

    /** Some of the bytes that are there, at least one. */
    synchronized int readSome(long position, byte[] target, int from, int length) {
        reached = position;
        Block block = block(position);
        int at = (int) (position - block.position);
        int size = Math.min(length, block.bytes.length - at);
        System.arraycopy(block.bytes, at, target, from, size);
        reached = position + size;
        drop();
        return size;
    }

    private Block block(long position) {
        while (true) {
            drop();
            if (closed) {
                throw stopped(null);
            }
            Block first = blocks.peek();
            if (first != null && first.position <= position) {
                return first;
            }
            if (ended) {
                throw failed();
            }
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw stopped(interrupted);
            }
        }
    }

    private void drop() {
        while (!blocks.isEmpty() && blocks.peek().end() <= reached) {
            fetched -= blocks.remove().bytes.length;
            notifyAll();
        }
    }

    private RuntimeException failed() {
        if (failure instanceof RuntimeException known) {
            return known;
        }
        return MillraceException.unavailable("cannot read " + storage.nameOf(object.key()) + " ahead", failure);
    }

    private MillraceException stopped(Throwable cause) {
        return new MillraceException(
                ErrorKind.STOPPED, "reading " + storage.nameOf(object.key()) + " was stopped", cause);
    }

    @Override
    public void close() {
        InputStream open;
        synchronized (this) {
            closed = true;
            open = source;
            blocks.clear();
            notifyAll();
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException ended) {
                // Nobody reads it any more.
            }
        }
    }
}
