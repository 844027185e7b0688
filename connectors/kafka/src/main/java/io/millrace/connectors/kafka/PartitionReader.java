package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * The committed messages of a range of one partition, in order. The range ends where the consumer's position has passed it:
 * the last offsets may be no messages at all, but markers of transactions, aborted, or compacted away.
 *
 * <p>One thread, except that {@link #wakeUp} may come from another.
 */
final class PartitionReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Behind this much silence it is asked why. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(3);

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final KafkaErrors errors;
    private final TopicPartition partition;
    private final OffsetRange range;
    private final LostOffsets onLostOffsets;
    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> fetched =
            List.<ConsumerRecord<ByteBuffer, ByteBuffer>>of().iterator();
    /** The first offset that {@link #next} has not passed. */
    private long position;

    private long lostFrom = -1;
    private long progressed = System.nanoTime();
    private long suspected = progressed;
    /** When the brokers were last waited for: what the caller does in between is not their silence. */
    private long polled = progressed;

    PartitionReader(
            Cluster cluster,
            KafkaErrors errors,
            String topic,
            OffsetRange range,
            long from,
            LostOffsets onLostOffsets) {
        this.cluster = cluster;
        this.errors = errors;
        this.partition = new TopicPartition(topic, range.partition());
        this.range = range;
        this.onLostOffsets = onLostOffsets;
        this.position = from;
        this.consumer = consumer();
    }

    private Consumer<ByteBuffer, ByteBuffer> consumer() {
        try {
            // Byte buffers are parts of what was fetched: no copy of each value.
            Consumer<ByteBuffer, ByteBuffer> made = new KafkaConsumer<>(
                    cluster.consumerConfig(), new ByteBufferDeserializer(), new ByteBufferDeserializer());
            made.assign(List.of(partition));
            made.seek(partition, position);
            return made;
        } catch (RuntimeException failure) {
            throw errors.during("Preparing to read " + partition, failure);
        }
    }

    /** The next message, or null behind the last one. After {@link #wakeUp}: a failure of kind STOPPED. */
    ConsumerRecord<ByteBuffer, ByteBuffer> next() {
        while (!fetched.hasNext()) {
            if (position >= range.to()) {
                return null;
            }
            poll();
            if (lostFrom >= 0) {
                return null;
            }
        }
        ConsumerRecord<ByteBuffer, ByteBuffer> message = fetched.next();
        if (message.offset() >= range.to()) {
            position = range.to();
            fetched = List.<ConsumerRecord<ByteBuffer, ByteBuffer>>of().iterator();
            return null;
        }
        position = message.offset() + 1;
        return message;
    }

    /** True where {@link #next} need not wait for the brokers. */
    boolean hasFetched() {
        return fetched.hasNext();
    }

    /** The first offset that has not been passed: where another reader goes on. */
    long position() {
        return position;
    }

    /**
     * The first of the offsets that were found deleted when {@link #next} answered null; empty where it has come to the end.
     * Asking makes the reader go on behind them.
     */
    OptionalLong lost() {
        OptionalLong lost = lostFrom < 0 ? OptionalLong.empty() : OptionalLong.of(lostFrom);
        lostFrom = -1;
        return lost;
    }

    private void poll() {
        long away = System.nanoTime() - polled;
        progressed += away;
        suspected += away;
        try {
            fetched = consumer.poll(POLL).records(partition).iterator();
            polled = System.nanoTime();
            long reached = consumer.position(partition);
            if (fetched.hasNext() || reached > position) {
                progressed = System.nanoTime();
                suspected = progressed;
                position = fetched.hasNext() ? position : Math.min(reached, range.to());
                return;
            }
        } catch (OffsetOutOfRangeException gone) {
            outOfRange(gone);
            polled = System.nanoTime();
            return;
        } catch (WakeupException | InterruptException stopped) {
            throw stopped(stopped);
        } catch (RuntimeException failure) {
            throw reading(failure);
        }
        lookIntoSilence();
    }

    private void outOfRange(OffsetOutOfRangeException gone) {
        long first = beginning();
        if (first <= position) {
            throw stale("offset " + position + " does not exist any more, though older ones do: the brokers have lost"
                    + " messages");
        }
        String lost = "offsets " + position + " to " + (Math.min(first, range.to()) - 1) + " of partition "
                + range.partition() + " were deleted before they were read";
        if (onLostOffsets == LostOffsets.FAIL) {
            throw stale(lost);
        }
        lostFrom = position;
        position = Math.min(first, range.to());
        consumer.seek(partition, first);
    }

    private void lookIntoSilence() {
        long now = System.nanoTime();
        if (now - suspected < SUSPICIOUS.toNanos()) {
            return;
        }
        if (now - progressed > cluster.timeout().toNanos()) {
            throw MillraceException.unavailable(
                    "Reading " + partition + " at " + cluster.brokers() + ": the brokers sent nothing for "
                            + cluster.timeout().toSeconds() + " s, at offset " + position + " of "
                            + range.from() + " to " + range.to()
                            + ". Check that they run; if they need longer, raise timeout.",
                    null);
        }
        suspected = now;
        requireRange();
    }

    /** A log that has become shorter would never deliver the range, nor say why. */
    private void requireRange() {
        try {
            // By the consumer and not by an administrator's client: this has to end with wakeUp too.
            long end = consumer.endOffsets(List.of(partition), ANSWER).get(partition);
            if (end < range.to()) {
                throw stale("the log now ends at offset " + end + ", before " + range.to()
                        + ": the brokers have lost messages");
            }
        } catch (TimeoutException silent) {
            // The brokers may come back.
        } catch (WakeupException | InterruptException stopped) {
            throw stopped(stopped);
        } catch (RuntimeException failure) {
            throw reading(failure);
        }
    }

    /** The first offset that there is. */
    private long beginning() {
        try {
            return consumer.beginningOffsets(List.of(partition)).get(partition);
        } catch (WakeupException | InterruptException stopped) {
            throw stopped(stopped);
        } catch (RuntimeException failure) {
            throw reading(failure);
        }
    }

    private MillraceException reading(RuntimeException failure) {
        if (failure instanceof MillraceException known) {
            return known;
        }
        MillraceException known = errors.during("Reading " + partition, failure);
        return known.kind() == ErrorKind.USER
                ? new MillraceException(
                        ErrorKind.STALE,
                        known.getMessage() + " The source has changed since it was planned; begin the run anew.",
                        failure)
                : known;
    }

    private MillraceException stale(String why) {
        return new MillraceException(
                ErrorKind.STALE,
                "topic " + partition.topic() + ": " + why + ". What was planned cannot be read. Begin the run anew with"
                        + " --restart, or allow gaps with on_lost_offsets: earliest.");
    }

    private MillraceException stopped(RuntimeException cause) {
        return new MillraceException(ErrorKind.STOPPED, "reading " + partition + " was stopped.", cause);
    }

    /** Makes a {@link #next} that waits, or the next one that would, fail. */
    void wakeUp() {
        consumer.wakeup();
    }

    /** Does not wait for the brokers. By the thread that reads, or when none does. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(Duration.ZERO);
        } catch (RuntimeException ignored) {
            // What it has open goes with its sockets.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
