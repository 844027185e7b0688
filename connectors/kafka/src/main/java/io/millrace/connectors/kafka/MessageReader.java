package io.millrace.connectors.kafka;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.UntimedRows;
import io.millrace.api.data.Batch;
import java.util.Optional;

/** The messages of one split, as batches: tells of what was decoded ahead when its turn has come. */
final class MessageReader implements BatchReader {
    private final String splitId;
    private final MessageDecoding messages;
    private final Rejects rejects;
    private final UntimedRows untimed;
    /** A later attempt at the same messages begins at the same one. */
    private final String part;

    private volatile boolean closed;
    private boolean ended;
    private long rowsRead;
    private long resumePoint;

    /** @param from the first message's offset */
    MessageReader(String splitId, long from, MessageDecoding messages, Rejects rejects, UntimedRows untimed) {
        this.splitId = splitId;
        this.messages = messages;
        this.rejects = rejects;
        this.untimed = untimed;
        this.part = splitId + "@" + from;
        this.resumePoint = from;
    }

    @Override
    public Batch next() {
        while (!ended) {
            if (closed) {
                throw new MillraceException(ErrorKind.STOPPED, "reading split " + splitId + " was stopped.");
            }
            Portion portion = messages.next();
            tell(portion);
            ended = portion.last();
            if (portion.batch() != null) {
                return portion.batch();
            }
        }
        return null;
    }

    private void tell(Portion portion) {
        rowsRead += portion.messages();
        resumePoint = portion.position();
        if (portion.filtered() > 0) {
            rejects.filtered(portion.filtered());
        }
        if (portion.untimed() > 0) {
            untimed.counted(part, portion.untimed());
        }
        for (Portion.Refusal refusal : portion.refusals()) {
            rejects.reject(splitId, refusal.ordinal(), refusal.column(), refusal.reason(), refusal.raw());
        }
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
