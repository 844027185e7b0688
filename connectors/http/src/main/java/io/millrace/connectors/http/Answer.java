package io.millrace.connectors.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a server answered, the body unpacked. */
record Answer(int status, HttpHeaders headers, byte[] body) {
    private static final int EXCERPT = 200;

    /** The beginning of the body, for messages: on one line, without control characters. */
    String excerpt() {
        String text = new String(body, 0, Math.min(body.length, 4 * EXCERPT), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    String contentType() {
        return headers.firstValue("content-type").orElse("no content type").toLowerCase(Locale.ROOT);
    }
}
