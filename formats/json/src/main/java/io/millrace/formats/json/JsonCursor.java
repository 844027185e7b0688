package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Goes through the tokens of one document after another, strictly: well-formed UTF-8, no key twice in an object, nothing
 * behind the value, nothing beyond the limits. One thread.
 */
final class JsonCursor {
    private static final int MAX_NUMBER = 1_000;

    private final JsonFactory factory;
    private final JsonLimits limits;
    private final NameSet names = new NameSet();
    private byte[] bytes;
    private int from;
    private int end;
    private JsonParser parser;
    private JsonToken token;
    private byte[] text = new byte[1_024];
    private int textSize;

    JsonCursor(JsonLimits limits) {
        this.limits = limits;
        // Of its own, so that the names of one source do not crowd out those of another.
        this.factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** Begins a document and moves to its first token. A byte order mark in front is skipped. */
    void open(byte[] source, int start, int size) throws BadValue, IOException {
        close();
        bytes = source;
        from = start;
        end = start + size;
        if (size > limits.bytes()) {
            throw bad(null, "longer than " + limits.bytes() + " bytes", start, start + JsonFailure.MAX_RAW);
        }
        int broken = Utf8.firstBad(source, start, end);
        if (broken >= 0) {
            throw BadValue.of(null, "not valid UTF-8", shown(start, end), broken - start);
        }
        boolean mark = size >= 3
                && source[start] == (byte) 0xef
                && source[start + 1] == (byte) 0xbb
                && source[start + 2] == (byte) 0xbf;
        from = mark ? start + 3 : start;
        names.clear();
        parser = factory.createParser(source, from, end - from);
        if (next() == null) {
            throw BadValue.of(null, "not JSON (empty)", shown(start, end), 0);
        }
    }

    /** Moves to the next token; null behind the last. */
    JsonToken next() throws IOException {
        token = parser.nextToken();
        return token;
    }

    JsonToken token() {
        return token;
    }

    JsonParser parser() {
        return parser;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Requires that nothing follows the value whose last token is the current one. */
    void finish() throws BadValue, IOException {
        if (next() != null) {
            throw BadValue.of(null, "not JSON (more text behind the value)", shown(from, end), start() - from);
        }
    }

    void close() {
        if (parser != null) {
            try {
                parser.close();
            } catch (IOException e) {
                throw new IllegalStateException("closing a parser of bytes", e);
            }
            parser = null;
        }
    }

    /** Begins an object's names. */
    long newObject() {
        return names.newObject();
    }

    /** The key at which the cursor stands, which must be new to its object. */
    String key(long object) throws BadValue, IOException {
        String key = parser.getCurrentName();
        if (!names.add(object, key)) {
            throw BadValue.of(null, "key '" + shortened(key) + "' occurs twice", shown(from, end), start() - from);
        }
        return key;
    }

    /** Where the current token begins, in {@link #bytes}. */
    int start() {
        return from + (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Behind the current token, in {@link #bytes}. */
    int end() throws IOException {
        if (token.isNumeric()) {
            return start() + parser.getTextLength();
        }
        parser.finishToken();
        return from + (int) parser.currentLocation().getByteOffset();
    }

    /** Goes to the last token of the value at which the cursor stands, checking all within. */
    void skip() throws BadValue, IOException {
        if (token == JsonToken.START_OBJECT) {
            long object = newObject();
            while (next() != JsonToken.END_OBJECT) {
                key(object);
                next();
                skip();
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (next() != JsonToken.END_ARRAY) {
                skip();
            }
        }
    }

    /** As {@link #skip}, and refuses half surrogate pairs in keys and text. */
    void skipText(String column) throws BadValue, IOException {
        if (token == JsonToken.START_OBJECT) {
            long object = newObject();
            while (next() != JsonToken.END_OBJECT) {
                checkKey(key(object), column);
                next();
                skipText(column);
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (next() != JsonToken.END_ARRAY) {
                skipText(column);
            }
        } else if (token == JsonToken.VALUE_STRING) {
            readText(column);
        }
    }

    /** Refuses a key with half a surrogate pair, at which the cursor stands. */
    void checkKey(String key, String column) throws BadValue, IOException {
        if (!Utf8.isWellFormed(key)) {
            throw halfPair(column);
        }
    }

    /** Puts the current text or number, as UTF-8, into {@link #text}. */
    void readText(String column) throws BadValue, IOException {
        char[] chars = parser.getTextCharacters();
        int size = parser.getTextLength();
        if (3L * size > text.length) {
            text = new byte[Math.toIntExact(Math.min(4L * size, Integer.MAX_VALUE - 8))];
        }
        textSize = Utf8.write(chars, parser.getTextOffset(), size, text);
        if (textSize < 0) {
            throw halfPair(column);
        }
    }

    byte[] text() {
        return text;
    }

    int textSize() {
        return textSize;
    }

    private BadValue halfPair(String column) throws IOException {
        int start = start();
        return bad(column, "half of a surrogate pair, which is no text", start, end());
    }

    /** A failure of the value at which the cursor stands; goes to its end. */
    BadValue mismatch(String column, String expected) throws BadValue, IOException {
        int start = start();
        if (token == JsonToken.VALUE_STRING) {
            return BadValue.of(column, "not " + expected, replaced(parser.getText()), start - from);
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            String found = token == JsonToken.START_OBJECT ? "an object" : "a list";
            skip();
            return bad(column, found + " instead of " + expected, start, end());
        }
        return BadValue.of(column, "not " + expected, parser.getText(), start - from);
    }

    /** A failure that the whole document shows. */
    BadValue bad(String column, String reason) {
        return bad(column, reason, from, end);
    }

    private BadValue bad(String column, String reason, int start, int valueEnd) {
        return BadValue.of(column, reason, shown(start, Math.min(valueEnd, end)), start - from);
    }

    /** The failure of a document that the parser refused. */
    JsonFailure refused(IOException failure) {
        int at = parser == null ? from : from + (int) parser.currentLocation().getByteOffset();
        String problem = failure instanceof JsonProcessingException known ? known.getOriginalMessage() : "";
        String reason = failure instanceof StreamConstraintsException
                ? problem.contains("nesting") || problem.contains("depth")
                        ? "nested deeper than " + limits.depth() + " levels"
                        : "a number of more than " + MAX_NUMBER + " digits"
                : problem.contains("end-of-input") ? "not JSON (ends too early)" : "not JSON";
        return BadValue.of(null, reason, shown(from, end), Math.min(at, end) - from)
                .failure();
    }

    private String shown(int start, int valueEnd) {
        int size = Math.min(valueEnd - start, 4 * JsonFailure.MAX_RAW);
        return new String(bytes, start, size, StandardCharsets.UTF_8);
    }

    private static String shortened(String key) {
        return replaced(key.length() > 100 ? key.substring(0, 100) : key);
    }

    /** Raw values are stored as UTF-8, so what is no text has to be replaced in them. */
    private static String replaced(String text) {
        return Utf8.isWellFormed(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
