package io.millrace.connectors.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.api.data.BytesColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Headers as a JSON list in their order, since names may repeat: {@code [{"key": "trace", "value": "x"}]}. A value that is no
 * text stands under {@code base64} instead.
 */
final class HeadersDecoder extends MetadataDecoder {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NONE = "[]".getBytes(StandardCharsets.US_ASCII);

    private final BytesColumn.Builder column;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    HeadersDecoder(BytesColumn.Builder column) {
        super(Metadata.HEADERS);
        this.column = column;
    }

    @Override
    String append(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        Header[] headers = message.headers().toArray();
        if (headers.length == 0) {
            column.append(NONE);
            return null;
        }
        text.reset();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Header header : headers) {
                json.writeStartObject();
                json.writeStringField("key", header.key());
                writeValue(json, header.value());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory", impossible);
        }
        column.append(text.toByteArray());
        return null;
    }

    private static void writeValue(JsonGenerator json, byte[] value) throws IOException {
        if (value == null) {
            json.writeNullField("value");
        } else if (Utf8.isValid(value, 0, value.length)) {
            json.writeStringField("value", new String(value, StandardCharsets.UTF_8));
        } else {
            json.writeBinaryField("base64", value);
        }
    }
}
