package io.millrace.connectors.redis;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonRowEncoder;
import java.nio.charset.StandardCharsets;

/** A row as a JSON object whose first member is the version, at a place where the script finds it without parsing. */
final class JsonEnvelope {
    static final String HEAD = "{\"" + Version.NAME + "\":\"";

    private final JsonRowEncoder encoder;
    private final byte[] head;

    JsonEnvelope(Schema schema, Version version) {
        this.encoder = new JsonRowEncoder(schema);
        this.head = (HEAD + version.text() + "\",").getBytes(StandardCharsets.UTF_8);
    }

    void append(Batch batch, int row, Bytes out) {
        byte[] object = encoder.encode(batch, row);
        out.append(head);
        out.append(object, 1, object.length - 1);
    }
}
