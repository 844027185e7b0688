package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MessageBytesTest {
    private static Message through(byte[] key, byte[] value, RecordHeaders headers) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>(
                "t",
                3,
                1L << 40,
                1_700_000_000_123L,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                headers,
                Optional.empty());
        return MessageBytes.decode(MessageBytes.encode(message), "t");
    }

    private static String text(ByteBuffer bytes) {
        return new String(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
    }

    @Test
    void everythingOfAMessageComesThrough() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", "ü".getBytes(StandardCharsets.UTF_8)).add("trace", null);

        Message message =
                through("k".getBytes(StandardCharsets.UTF_8), "välue".getBytes(StandardCharsets.UTF_8), headers);

        assertThat(message.topic()).isEqualTo("t");
        assertThat(message.partition()).isEqualTo(3);
        assertThat(message.offset()).isEqualTo(1L << 40);
        assertThat(message.timestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(text(message.key())).isEqualTo("k");
        assertThat(text(message.value())).isEqualTo("välue");
        assertThat(message.headers()).hasSize(2);
        assertThat(message.headers().get(0).name()).isEqualTo("trace");
        assertThat(new String(message.headers().get(0).value(), StandardCharsets.UTF_8))
                .isEqualTo("ü");
        assertThat(message.headers().get(1).value()).isNull();
    }

    @Test
    void nothingIsNotTheSameAsEmpty() {
        Message message = through(null, new byte[0], new RecordHeaders());

        assertThat(message.key()).isNull();
        assertThat(message.value().remaining()).isZero();
        assertThat(through(new byte[0], null, new RecordHeaders()).value()).isNull();
    }
}
