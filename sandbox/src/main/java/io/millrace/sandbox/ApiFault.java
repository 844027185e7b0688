package io.millrace.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a {@link ScriptedApi} does instead of answering as it should. */
@FunctionalInterface
public interface ApiFault {
    /**
     * Answers a request.
     *
     * @param answer what the right answer's body would be
     * @param closed is released when the server is closed; waits must end then
     */
    void answer(HttpExchange exchange, byte[] answer, CountDownLatch closed) throws IOException;

    /** Answers with a status and text, and with headers given as name and value in turn. */
    static ApiFault status(int status, String text, String... headers) {
        return (exchange, answer, closed) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** Sends the asker to another URL. */
    static ApiFault redirect(int status, String url) {
        return status(status, "", "Location", url);
    }

    /** Answers 200 with this text as HTML. */
    static ApiFault page(String html) {
        return status(200, html, "Content-Type", "text/html; charset=utf-8");
    }

    /** Announces the whole answer, sends a half and breaks off. */
    static ApiFault cutOff() {
        return (exchange, answer, closed) -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer, 0, answer.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("breaks off on purpose");
        };
    }

    /** Sends a half of the answer as if it were the whole. */
    static ApiFault half() {
        return (exchange, answer, closed) ->
                send(exchange, Arrays.copyOf(answer, answer.length / 2), Map.of("Content-Type", "application/json"));
    }

    /** Sends a byte now and then, for ever. */
    static ApiFault drip() {
        return (exchange, answer, closed) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; !wait(closed, 50); i++) {
                out.write(answer[i % answer.length]);
                out.flush();
            }
        };
    }

    /** Says nothing. */
    static ApiFault silence() {
        return (exchange, answer, closed) -> {
            while (!wait(closed, 1_000)) {
                // Until the server is closed.
            }
        };
    }

    private static boolean wait(CountDownLatch closed, long millis) throws IOException {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }

    /** Sends bytes with status 200. */
    static void send(HttpExchange exchange, byte[] body, Map<String, String> headers) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
