package io.millrace.core.transform.deduplicate;

import io.millrace.api.ByteSize;
import io.millrace.api.Claims;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.key.KeyKind;
import io.millrace.core.key.KeyReader;
import io.millrace.core.key.Mix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which attempt holds which key of a deduplicating step: exactly one row of each key survives, across parallel workers,
 * failed attempts and crashes. Thread-safe; all workers of a run share one table, each attempt works through its own
 * {@link Ticket}.
 *
 * <p>An attempt claims the keys of its rows. A key that is free, or whose owner is {@link Ticket.State#DEAD}, becomes the
 * attempt's, and the row is kept; otherwise the row is a duplicate. A failed attempt's ticket dies as a whole, so that its
 * retry (and anybody else) takes its keys over. An attempt writes the keys it holds to a file before its result is
 * recorded; a resumed run restores the files of the recorded results, and of no others.
 *
 * <p>A row dropped in favour of an attempt that later dies comes back with that attempt's retry, provided that the source
 * delivers the same rows again: on sources that do not, a resumed run must begin anew.
 *
 * <p>One whole number, date or timestamp is kept as itself, any other key as the SipHash-2-4-128 of its canonical bytes
 * under a key derived from the run's seed: two of 10^10 keys are taken for one with a probability below 10^-18. A key takes
 * 14 to 22 bytes, a fingerprint 24 to 31; null keys are equal.
 */
public final class ClaimTable {
    private static final int SEGMENTS = 256;
    private static final int SMALLEST_SEGMENT = 20;

    private final Schema schema;
    private final List<String> key;
    private final KeyKind kind;
    private final long seed;
    private final long salt;
    private final MemoryBudget budget;
    private final Segment[] segments = new Segment[SEGMENTS];
    /** By number, which begins at 1. Replaced by a longer copy when full. */
    private volatile Attempt[] attempts = new Attempt[64];

    final IntPredicate dead = number -> attempts[number].state == Ticket.State.DEAD;

    private int lastAttempt;
    private final Object nullKey = new Object();
    private int nullOwner;

    /** What the table remembers of an attempt; the rest of its ticket goes with the worker. */
    static final class Attempt {
        final int number;
        final String name;
        volatile Ticket.State state = Ticket.State.LIVE;

        Attempt(int number, String name) {
            this.number = number;
            this.name = name;
        }
    }

    private ClaimTable(Schema schema, List<String> key, long seed, ByteSize memoryLimit) {
        this.schema = schema;
        this.key = List.copyOf(key);
        this.kind = KeyKind.of(schema, key);
        this.seed = seed;
        this.salt = Mix.mix(seed);
        this.budget = new MemoryBudget(memoryLimit);
        for (int i = 0; i < SEGMENTS; i++) {
            // Different capacities, so that the segments do not all grow at the same time.
            segments[i] = new Segment(kind, salt, SMALLEST_SEGMENT + i * SMALLEST_SEGMENT / SEGMENTS, budget);
        }
    }

    /** An empty table; a user error where a key column is missing. See {@link io.millrace.core.transform.Deduplicate}. */
    public static ClaimTable create(Schema input, List<String> key, long seed, ByteSize memoryLimit) {
        return new ClaimTable(input, key, seed, memoryLimit);
    }

    /** 60 percent of the heap: the rest is for batches and writers. */
    public static ByteSize defaultMemoryLimit() {
        return new ByteSize(Runtime.getRuntime().maxMemory() / 10 * 6);
    }

    /** A ticket for a new attempt at a piece, to be used by one thread. */
    public synchronized Ticket open(String piece, int attempt) {
        if (lastAttempt == Integer.MAX_VALUE - 8) {
            throw new MillraceException(
                    ErrorKind.INTERNAL,
                    "deduplicate: 2^31 attempts in one process are the limit; stop the run and resume it in a new one");
        }
        int number = ++lastAttempt;
        Attempt[] known = attempts;
        if (number >= known.length) {
            known = Arrays.copyOf(known, (int) Math.min(known.length * 2L, Integer.MAX_VALUE - 7));
        }
        known[number] = new Attempt(number, piece + " (attempt " + attempt + ")");
        attempts = known;
        return new Ticket(this, known[number]);
    }

    /**
     * Makes room for about so many keys at once, of a table that holds none yet. Growing step by step costs more than
     * claiming; a plan that estimates its rows can save that. Never takes more than half of the memory limit.
     */
    public void expect(long keys) {
        long affordable = budget.limit() / 2 / (kind.longs() * 8L + 4) * 3 / 4;
        makeRoom(Math.min(keys, affordable));
    }

    private void makeRoom(long keys) {
        for (Segment segment : segments) {
            segment.expect(Math.toIntExact(keys / SEGMENTS));
        }
    }

    /**
     * Gives a recorded piece its keys back, when a run is resumed. Call it for every recorded piece before any attempt
     * begins.
     *
     * @param folder the one that {@link Ticket#write} was given
     * @throws MillraceException STALE where the file is missing, damaged, or contradicts another: the run must begin anew
     */
    public void restore(Path folder, Claims claims, String piece) {
        makeRoom(claims.entries());
        Ticket ticket = open(piece, 0);
        ClaimFile.read(folder.resolve(claims.file()), claims, kind, seed, new ClaimFile.Reader() {
            @Override
            public void accept(long first, long second) {
                long hash = hash(first);
                if (!segment(hash).restore(first, second, hash, ticket.number())) {
                    throw overlap(claims);
                }
            }

            @Override
            public void nullKey() {
                synchronized (nullKey) {
                    if (nullOwner != 0) {
                        throw overlap(claims);
                    }
                    nullOwner = ticket.number();
                }
            }
        });
        ticket.staged();
    }

    private static MillraceException overlap(Claims claims) {
        return new MillraceException(
                ErrorKind.STALE,
                "deduplicate: claims file " + claims.file()
                        + " holds a key that another piece holds as well; start the run anew with --restart");
    }

    /** How many keys are held, those of dead tickets included. */
    public long size() {
        long size = 0;
        for (Segment segment : segments) {
            size += segment.size();
        }
        synchronized (nullKey) {
            return size + (nullOwner == 0 ? 0 : 1);
        }
    }

    /** How much memory the table and the notes of open tickets take. */
    public long memoryBytes() {
        return budget.used();
    }

    Schema schema() {
        return schema;
    }

    KeyKind kind() {
        return kind;
    }

    long seed() {
        return seed;
    }

    MemoryBudget budget() {
        return budget;
    }

    KeyReader newKeyReader() {
        return new KeyReader(schema, key, seed);
    }

    int segmentCount() {
        return SEGMENTS;
    }

    Segment segment(int number) {
        return segments[number];
    }

    private Segment segment(long hash) {
        return segments[segmentOf(hash)];
    }

    static int segmentOf(long hash) {
        return (int) (hash >>> 56);
    }

    /** Where a key belongs; fingerprints are hashes already. */
    long hash(long first) {
        return kind == KeyKind.LONG ? Mix.mix(first ^ salt) : first;
    }

    /** Claims the null of a single long key. */
    boolean claimNull(int ticket) {
        synchronized (nullKey) {
            if (nullOwner != 0 && (nullOwner == ticket || !dead.test(nullOwner))) {
                return false;
            }
            nullOwner = ticket;
            return true;
        }
    }

    boolean holdsNull(int ticket) {
        synchronized (nullKey) {
            return nullOwner == ticket;
        }
    }
}
