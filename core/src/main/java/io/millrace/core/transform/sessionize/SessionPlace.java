package io.millrace.core.transform.sessionize;

import io.millrace.api.MillraceException;
import java.nio.ByteBuffer;

/** Where a walk along the events of a key has come to: the numbers of its latest event, and times in microseconds. */
record SessionPlace(long session, long event, long start, long previous) {
    private static final byte VERSION = 1;

    byte[] toBytes() {
        return ByteBuffer.allocate(1 + 4 * 8)
                .put(VERSION)
                .putLong(session)
                .putLong(event)
                .putLong(start)
                .putLong(previous)
                .array();
    }

    static SessionPlace of(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        if (bytes.get() != VERSION) {
            throw MillraceException.user(
                    "the state that is kept of sessions was written by another version of Millrace;"
                            + " begin anew without it");
        }
        return new SessionPlace(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
