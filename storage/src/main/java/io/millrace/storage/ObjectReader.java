package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads parts of one object, in any order. Of a remote one, what is {@linkplain #expect expected} is fetched ahead, and the
 * end, where formats keep their tables of contents and look more than once, is kept. One thread; {@link #close} from any.
 */
public final class ObjectReader implements AutoCloseable {
    private static final long BUDGET = 32 << 20;
    private static final int TAIL = 64 << 10;
    /** Bytes that are not wanted and cost less than a request of their own. */
    private static final long GAP = 64 << 10;

    private final Storage storage;
    private final StoredObject object;
    private final boolean remote;
    private byte[] tail = new byte[0];
    private volatile ReadAhead ahead;
    private volatile InputStream current;
    private volatile boolean closed;

    public ObjectReader(Storage storage, StoredObject object) {
        this.storage = storage;
        this.object = object;
        this.remote = Storage.isRemote(storage.root());
    }

    public long size() {
        return object.size();
    }

    /** How messages name the object. */
    public String name() {
        return storage.nameOf(object.key());
    }

    /** Fills a part of the array with the bytes from {@code position} on, all of which are within {@link #size}. */
    public void read(long position, byte[] target, int from, int length) throws IOException {
        refuseClosed();
        long tailStart = object.size() - tail.length;
        ReadAhead running = ahead;
        if (position >= tailStart && length <= tail.length) {
            System.arraycopy(tail, (int) (position - tailStart), target, from, length);
        } else if (running != null && running.covers(position, length)) {
            running.read(position, target, from, length);
        } else {
            fetch(position, target, from, length);
            if (remote && length <= TAIL && position + length == object.size()) {
                tail = new byte[length];
                System.arraycopy(target, from, tail, 0, length);
            }
        }
    }

    private void fetch(long position, byte[] target, int from, int length) throws IOException {
        try (InputStream in = storage.open(object, position, length)) {
            current = in;
            refuseClosed();
            in.readNBytes(target, from, length);
        } finally {
            current = null;
        }
    }

    /** Says what will be read next, in this order: that is fetched meanwhile. What was said before is over. */
    public void expect(List<ObjectRange> ranges) {
        if (!remote) {
            return;
        }
        end(ahead);
        ahead = null;
        List<ObjectRange> wanted = merged(ranges);
        // What the end holds in full is there; what only reaches into it is read in one with what comes before.
        if (!wanted.isEmpty() && wanted.get(0).from() < object.size() - tail.length) {
            ahead = ReadAhead.of(storage, object, wanted, BUDGET);
            if (closed) {
                end(ahead);
            }
        }
    }

    private List<ObjectRange> merged(List<ObjectRange> ranges) {
        List<ObjectRange> merged = new ArrayList<>();
        for (ObjectRange range : ranges) {
            if (range.length() <= 0) {
                continue;
            }
            ObjectRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.from() >= last.from() && range.from() - last.end() <= GAP) {
                merged.set(
                        merged.size() - 1,
                        new ObjectRange(last.from(), Math.max(last.end(), range.end()) - last.from()));
            } else if (last == null || range.from() > last.from()) {
                merged.add(range);
            }
        }
        return merged;
    }

    private void refuseClosed() {
        if (closed) {
            throw new MillraceException(ErrorKind.STOPPED, "reading " + name() + " was stopped");
        }
    }

    private static void end(AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception ended) {
            // Nobody reads it any more.
        }
    }

    @Override
    public void close() {
        closed = true;
        end(current);
        end(ahead);
    }
}
