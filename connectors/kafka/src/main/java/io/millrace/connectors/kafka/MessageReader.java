package io.millrace.connectors.kafka;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.UntimedRows;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The messages of one split, as batches. A row's number is its message's distance from the split's first offset. */
final class MessageReader implements BatchReader {
    /** Large messages make smaller batches, so that memory stays bounded. */
    private static final long BATCH_BYTES = 32L << 20;

    private final String splitId;
    private final SplitPayload split;
    private final MessageFetcher messages;
    private final MessageDecoder decoder;
    private final Rejects rejects;
    private final UntimedRows untimed;
    /** A later attempt at the same messages begins at the same one. */
    private final String part;

    private final Runnable endCheck;
    private final int[] ordinals;
    private volatile boolean closed;
    private boolean ended;
    private long rowsRead;
    private long untimedRows;
    private long resumePoint;
    private int kept;
    /** The offset of the batch's first row. */
    private long base;

    /** @param endCheck throws where the topic is another one now */
    MessageReader(
            String splitId,
            SplitPayload split,
            MessageFetcher messages,
            MessageDecoder decoder,
            Rejects rejects,
            UntimedRows untimed,
            Runnable endCheck) {
        this.splitId = splitId;
        this.split = split;
        this.messages = messages;
        this.decoder = decoder;
        this.rejects = rejects;
        this.untimed = untimed;
        this.part = splitId + "@" + messages.position();
        this.endCheck = endCheck;
        this.ordinals = new int[split.batchRows()];
        this.resumePoint = messages.position();
    }

    @Override
    public Batch next() {
        if (ended) {
            return null;
        }
        if (closed) {
            throw new MillraceException(ErrorKind.STOPPED, "reading split " + splitId + " was stopped.");
        }
        return read();
    }

    private Batch read() {
        kept = 0;
        long bytes = 0;
        while (kept < ordinals.length && bytes < BATCH_BYTES) {
            ConsumerRecord<ByteBuffer, ByteBuffer> message = messages.next();
            if (message == null) {
                if (goOnBehindLoss()) {
                    continue;
                }
                endCheck.run();
                ended = true;
                break;
            }
            if (split.times().isWindow() && message.timestamp() < 0) {
                leaveOutUntimed();
            } else if (split.times().contains(message.timestamp())) {
                bytes += Math.max(0, message.serializedValueSize()) + Math.max(0, message.serializedKeySize());
                take(message);
            }
        }
        resumePoint = messages.position();
        if (kept == 0) {
            return null;
        }
        Origin origin = Origin.of(splitId, base - split.range().from(), Arrays.copyOf(ordinals, kept));
        return decoder.build(origin);
    }

    /** Messages of old formats, and of producers that give none, have no time: no window's. */
    private void leaveOutUntimed() {
        rowsRead++;
        rejects.filtered(1);
        untimedRows++;
        untimed.counted(part, untimedRows);
    }

    private void take(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        rowsRead++;
        if (decoder.skips(message)) {
            rejects.filtered(1);
        } else if (decoder.append(message)) {
            base = kept == 0 ? message.offset() : base;
            ordinals[kept++] = Math.toIntExact(message.offset() - base);
        } else {
            rejects.reject(
                    splitId,
                    message.offset() - split.range().from(),
                    decoder.badColumn(),
                    decoder.badReason(),
                    decoder.badValue());
        }
    }

    /** Deleted messages are told of as one reject, so that a declared gap is seen in the report. */
    private boolean goOnBehindLoss() {
        OptionalLong lost = messages.lost();
        lost.ifPresent(first -> {
            rowsRead++;
            rejects.reject(
                    splitId,
                    first - split.range().from(),
                    null,
                    "deleted before it was read",
                    "offsets " + first + " to " + (messages.position() - 1));
        });
        return lost.isPresent();
    }

    @Override
    public long rowsRead() {
        return rowsRead;
    }

    @Override
    public Optional<String> resumePoint() {
        return Optional.of(Long.toString(resumePoint));
    }

    @Override
    public void close() {
        closed = true;
        messages.close();
    }
}
