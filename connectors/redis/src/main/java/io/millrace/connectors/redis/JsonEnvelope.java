package io.millrace.connectors.redis;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonRowEncoder;
import java.nio.charset.StandardCharsets;

/** A row as a JSON object whose first member is the version, at a place where the script finds it without parsing. */
final class JsonEnvelope {
    static final String HEAD = "{\"" + Version.NAME + "\":\"";

    private static final byte[] BEFORE = HEAD.getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEHIND = "\",".getBytes(StandardCharsets.UTF_8);

    private final JsonRowEncoder encoder;

    JsonEnvelope(Schema schema) {
        this.encoder = new JsonRowEncoder(schema);
    }

    void append(byte[] version, Batch batch, int row, Bytes out) {
        byte[] object = encoder.encode(batch, row);
        out.append(BEFORE);
        out.append(version);
        out.append(BEHIND);
        out.append(object, 1, object.length - 1);
    }
}
