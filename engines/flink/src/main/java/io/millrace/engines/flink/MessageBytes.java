package io.millrace.engines.flink;

import io.millrace.api.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A message as one array, which is what passes from the source to the operator behind it: partition, offset, time, then key,
 * value and headers, each behind its length, -1 for none.
 */
final class MessageBytes {
    private static final int HEAD = 4 + 8 + 8 + 4 + 4 + 4;
    private static final int NONE = -1;

    private MessageBytes() {}

    /** In place of a message: the partitions that messages will come from. */
    static byte[] assignment(List<Integer> partitions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * partitions.size()).putInt(NONE);
        partitions.forEach(bytes::putInt);
        return bytes.array();
    }

    /** The partitions of an assignment; empty for a message. */
    static Optional<int[]> assigned(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.getInt() != NONE) {
            return Optional.empty();
        }
        int[] partitions = new int[from.remaining() / 4];
        from.asIntBuffer().get(partitions);
        return Optional.of(partitions);
    }

    static byte[] encode(ConsumerRecord<byte[], byte[]> message) {
        Header[] headers = message.headers().toArray();
        byte[][] names = new byte[headers.length][];
        int size = HEAD + size(message.key()) + size(message.value());
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key().getBytes(StandardCharsets.UTF_8);
            size += 8 + names[i].length + size(headers[i].value());
        }
        ByteBuffer bytes = ByteBuffer.allocate(size)
                .putInt(message.partition())
                .putLong(message.offset())
                .putLong(message.timestamp());
        put(bytes, message.key());
        put(bytes, message.value());
        bytes.putInt(headers.length);
        for (int i = 0; i < headers.length; i++) {
            put(bytes, names[i]);
            put(bytes, headers[i].value());
        }
        return bytes.array();
    }

    private static int size(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(ByteBuffer to, byte[] bytes) {
        to.putInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            to.put(bytes);
        }
    }

    static Message decode(byte[] bytes, String topic) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        int partition = from.getInt();
        long offset = from.getLong();
        long timestamp = from.getLong();
        ByteBuffer key = part(from);
        ByteBuffer value = part(from);
        int count = from.getInt();
        List<Message.Header> headers = count == 0 ? List.of() : new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ByteBuffer name = part(from);
            ByteBuffer content = part(from);
            headers.add(new Message.Header(
                    StandardCharsets.UTF_8.decode(name).toString(), content == null ? null : copy(content)));
        }
        return new Message(topic, partition, offset, timestamp, key, value, headers);
    }

    /** The next bytes, where they lie; null for none. */
    private static ByteBuffer part(ByteBuffer from) {
        int size = from.getInt();
        if (size == NONE) {
            return null;
        }
        ByteBuffer part = from.slice(from.position(), size);
        from.position(from.position() + size);
        return part;
    }

    private static byte[] copy(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        return copy;
    }
}
