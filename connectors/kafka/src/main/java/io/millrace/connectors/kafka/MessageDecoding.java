package io.millrace.connectors.kafka;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes the messages of one split into {@link Portion}s on a thread of its own, while those before them are transformed and
 * written. A row's number is its message's distance from the split's first offset.
 */
final class MessageDecoding implements AutoCloseable {
    /** Large messages make smaller batches, so that memory stays bounded. */
    private static final long BATCH_BYTES = 32L << 20;
    /** As many batches of ordinary size as two threads need to not wait for each other. */
    private static final long BUDGET = 16L << 20;

    private final String splitId;
    private final SplitPayload split;
    private final MessageFetcher messages;
    private final MessageDecoder decoder;
    private final Handover<Object> decoded;
    private final Runnable endCheck;
    private final int[] ordinals;
    private List<Portion.Refusal> refusals = new ArrayList<>();
    private int kept;
    /** The offset of the batch's first row. */
    private long base;

    private long bytes;
    private int filtered;
    private long untimed;
    private long count;

    /**
     * Begins to decode.
     *
     * @param endCheck throws where the topic is another one now; asked here, so that nobody waits for brokers who is told to
     *     stop
     */
    MessageDecoding(
            String splitId, SplitPayload split, MessageFetcher messages, MessageDecoder decoder, Runnable endCheck) {
        this.splitId = splitId;
        this.split = split;
        this.messages = messages;
        this.decoder = decoder;
        this.decoded = new Handover<>(BUDGET, "split " + splitId);
        this.endCheck = endCheck;
        this.ordinals = new int[split.batchRows()];
        Thread decoding = new Thread(this::decode, "decode-" + splitId);
        decoding.setDaemon(true);
        decoding.start();
    }

    /** The next messages, in order; not behind the last ones. One thread. */
    Portion next() {
        Object next = decoded.take();
        if (next instanceof RuntimeException known) {
            throw known;
        } else if (next instanceof Error defect) {
            throw defect;
        }
        return (Portion) next;
    }

    private void decode() {
        try {
            Portion portion;
            do {
                portion = portion();
                if (portion.last()) {
                    endCheck.run();
                }
            } while (decoded.put(portion, bytes) && !portion.last());
        } catch (RuntimeException | Error failure) {
            decoded.put(failure, 0);
        }
    }

    private Portion portion() {
        kept = 0;
        bytes = 0;
        filtered = 0;
        count = 0;
        refusals = new ArrayList<>();
        boolean last = false;
        while (!last && kept < ordinals.length && refusals.size() < ordinals.length && bytes < BATCH_BYTES) {
            ConsumerRecord<ByteBuffer, ByteBuffer> message = messages.next();
            if (message == null) {
                last = !goOnBehindLoss();
            } else if (split.times().isWindow() && message.timestamp() < 0) {
                leaveOutUntimed();
            } else if (split.times().contains(message.timestamp())) {
                bytes += Math.max(0, message.serializedValueSize()) + Math.max(0, message.serializedKeySize());
                take(message);
            }
        }
        Batch batch = kept == 0
                ? null
                : decoder.build(Origin.of(splitId, base - split.range().from(), Arrays.copyOf(ordinals, kept)));
        return new Portion(batch, refusals, filtered, untimed, count, messages.position(), last);
    }

    /** Messages of old formats, and of producers that give none, have no time: no window's. */
    private void leaveOutUntimed() {
        count++;
        filtered++;
        untimed++;
    }

    private void take(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        count++;
        if (decoder.skips(message)) {
            filtered++;
        } else if (decoder.append(message)) {
            base = kept == 0 ? message.offset() : base;
            ordinals[kept++] = Math.toIntExact(message.offset() - base);
        } else {
            refuse(message.offset(), decoder.badColumn(), decoder.badReason(), decoder.badValue());
        }
    }

    private void refuse(long offset, String column, String reason, String raw) {
        refusals.add(new Portion.Refusal(offset - split.range().from(), column, reason, raw));
    }

    /** Deleted messages are told of as one reject, so that a declared gap is seen in the report. */
    private boolean goOnBehindLoss() {
        OptionalLong lost = messages.lost();
        lost.ifPresent(first -> {
            count++;
            refuse(first, null, "deleted before it was read", "offsets " + first + " to " + (messages.position() - 1));
        });
        return lost.isPresent();
    }

    /** Ends a {@link #next} that waits, and the threads behind it. Does not wait for the brokers. */
    @Override
    public void close() {
        decoded.close();
        messages.close();
    }
}
