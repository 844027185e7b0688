package io.millrace.connectors.kafka;

import io.millrace.api.Message;
import io.millrace.api.MessageRows;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Messages that an engine's client has read, as rows. */
final class StreamedMessages implements MessageRows {
    private final MessageDecoder decoder;

    StreamedMessages(MessageDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public boolean add(Message message, String splitId, Rejects rejects) {
        ConsumerRecord<ByteBuffer, ByteBuffer> known = known(message);
        if (decoder.skips(known)) {
            rejects.filtered(1);
            return false;
        }
        if (decoder.append(known)) {
            return true;
        }
        rejects.reject(splitId, message.offset(), decoder.badColumn(), decoder.badReason(), decoder.badValue());
        return false;
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> known(Message message) {
        RecordHeaders headers = new RecordHeaders();
        message.headers().forEach(header -> headers.add(header.name(), header.value()));
        return new ConsumerRecord<>(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp(),
                TimestampType.CREATE_TIME,
                size(message.key()),
                size(message.value()),
                message.key(),
                message.value(),
                headers,
                Optional.empty());
    }

    private static int size(ByteBuffer bytes) {
        return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.remaining();
    }

    @Override
    public Batch build(Origin origin) {
        return decoder.build(origin);
    }
}
