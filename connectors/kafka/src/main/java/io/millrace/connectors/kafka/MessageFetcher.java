package io.millrace.connectors.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Lets a {@link PartitionReader} run on a thread of its own, so that messages are fetched, checked and unpacked while those
 * before them are decoded. It stays ahead by a bounded number of bytes. One thread, except for {@link #close}.
 */
final class MessageFetcher implements AutoCloseable {
    private static final int CHUNK = 2_048;
    private static final long BUDGET = 16L << 20;

    private final PartitionReader partition;
    private final Handover<Event> events;
    private Chunk chunk = new Chunk(List.of(), 0);
    private int next;
    private long position;
    private long lostFrom = -1;
    private boolean ended;

    private sealed interface Event {}

    private record Chunk(List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages, long bytes) implements Event {}

    /** Offsets that were found deleted, and where the reader went on. */
    private record Lost(long first, long position) implements Event {}

    private record Ended(long position) implements Event {}

    private record Failed(Throwable failure) implements Event {}

    /** Begins to fetch, and closes the reader at the end. */
    MessageFetcher(PartitionReader partition, String name) {
        this.partition = partition;
        this.events = new Handover<>(BUDGET, name);
        this.position = partition.position();
        Thread fetching = new Thread(this::fetch, "fetch-" + name);
        fetching.setDaemon(true);
        fetching.start();
    }

    private void fetch() {
        try {
            while (hand(fetched())) {
                // Until the end of the range, or of the reader.
            }
        } catch (RuntimeException | Error failure) {
            hand(new Failed(failure));
        } finally {
            partition.close();
        }
    }

    /** What has come at once, so that nothing that is there waits for what may come. */
    private Event fetched() {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages = new ArrayList<>();
        long bytes = 0;
        do {
            ConsumerRecord<ByteBuffer, ByteBuffer> message = partition.next();
            if (message == null) {
                if (!messages.isEmpty()) {
                    hand(new Chunk(messages, bytes));
                }
                OptionalLong lost = partition.lost();
                return lost.isPresent()
                        ? new Lost(lost.getAsLong(), partition.position())
                        : new Ended(partition.position());
            }
            messages.add(message);
            bytes += Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
        } while (partition.hasFetched() && messages.size() < CHUNK && bytes < BUDGET / 4);
        return new Chunk(messages, bytes);
    }

    /** False behind the last event, or where nobody takes any more. */
    private boolean hand(Event event) {
        boolean more = events.put(event, event instanceof Chunk full ? full.bytes : 0);
        return more && (event instanceof Chunk || event instanceof Lost);
    }

    /** The next message, or null behind the last one and where some were {@link #lost}. */
    ConsumerRecord<ByteBuffer, ByteBuffer> next() {
        while (next == chunk.messages.size()) {
            if (ended) {
                return null;
            }
            Event event = events.take();
            if (event instanceof Chunk full) {
                chunk = full;
                next = 0;
            } else if (event instanceof Lost lost) {
                lostFrom = lost.first;
                position = lost.position;
                return null;
            } else if (event instanceof Ended end) {
                position = end.position;
                ended = true;
            } else if (event instanceof Failed failed) {
                throw rethrown(failed.failure);
            }
        }
        ConsumerRecord<ByteBuffer, ByteBuffer> message = chunk.messages.get(next++);
        position = message.offset() + 1;
        return message;
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof RuntimeException known) {
            return known;
        }
        throw (Error) failure;
    }

    /** The first offset that has not been passed: where another reader goes on. */
    long position() {
        return position;
    }

    /** The first of the offsets that were found deleted when {@link #next} answered null; empty at the end. */
    OptionalLong lost() {
        OptionalLong lost = lostFrom < 0 ? OptionalLong.empty() : OptionalLong.of(lostFrom);
        lostFrom = -1;
        return lost;
    }

    /** Ends a {@link #next} that waits. Does not wait for the brokers. */
    @Override
    public void close() {
        events.close();
        partition.wakeUp();
    }
}
