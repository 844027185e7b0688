package io.millrace.connectors.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Checks that bytes are one JSON value of any kind. */
final class JsonText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonText() {}

    /** What is wrong, as one phrase; null where nothing is. */
    static String problem(byte[] bytes, int from, int size) {
        if (!Utf8.isValid(bytes, from, size)) {
            return Utf8.REASON;
        }
        try (JsonParser parser = JSON.createParser(bytes, from, size)) {
            if (parser.nextToken() == null) {
                return "not JSON (empty)";
            }
            parser.skipChildren();
            return parser.nextToken() == null ? null : "not JSON (more text behind the value)";
        } catch (IOException malformed) {
            return "not JSON";
        }
    }
}
