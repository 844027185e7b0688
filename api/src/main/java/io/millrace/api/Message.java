package io.millrace.api;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A message of a topic, as an engine's own client has read it.
 *
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; negative where the message has none
 * @param key backed by an array, or null
 * @param value backed by an array, or null for a tombstone
 */
public record Message(
        String topic,
        int partition,
        long offset,
        long timestamp,
        ByteBuffer key,
        ByteBuffer value,
        List<Header> headers) {
    /** One header; names may repeat. The value may be null. */
    public record Header(String name, byte[] value) {}
}
