package io.millrace.core.transform.clean;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.DataType;
import java.io.IOException;

/**
 * Text that parses as exactly one JSON value (RFC 8259), kept byte for byte. Repeated keys and lone surrogates are refused:
 * databases disagree about the former, and the latter have no UTF-8 form.
 */
final class TextToJson extends TextConversion<BytesColumn.Builder> {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    TextToJson() {
        super(DataType.JSON);
    }

    @Override
    String read(byte[] text, int from, int to) {
        boolean escapes = false;
        for (int i = from; i < to; i++) {
            // The parser would take text with NUL for UTF-16, and overlook a byte order mark.
            if (text[i] == 0 || text[i] == (byte) 0xef && i == from) {
                return "is not JSON";
            }
            escapes |= text[i] == '\\';
        }
        String reason = check(text, from, to, escapes);
        if (reason == null) {
            out.append(text, from, to - from);
        }
        return reason;
    }

    private static String check(byte[] text, int from, int to, boolean escapes) {
        try (JsonParser parser = JSON.createParser(text, from, to - from)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return "is not JSON";
            }
            int depth = 0;
            do {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    // Also makes a lazy parser read the string.
                    String string = parser.getText();
                    if (escapes && hasLoneSurrogate(string)) {
                        return "is not JSON that UTF-8 can store (lone surrogate)";
                    }
                } else if (token.isNumeric()) {
                    parser.getText();
                }
                token = parser.nextToken();
            } while (token != null && depth > 0);
            return token == null && depth == 0 ? null : "is not JSON (more follows the value)";
        } catch (IOException malformed) {
            return "is not JSON";
        }
    }

    private static boolean hasLoneSurrogate(String string) {
        for (int i = 0; i < string.length(); i++) {
            char unit = string.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }
}
