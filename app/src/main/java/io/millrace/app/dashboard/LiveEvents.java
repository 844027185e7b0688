package io.millrace.app.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events of one run: its summary and progress whenever they have changed, until it has ended or the browser has
 * gone. Looks once a second.
 */
final class LiveEvents implements AutoCloseable {
    private static final long LOOK_MILLIS = 1_000;
    /** So that pages and their data still get threads. A page that is not served asks again. */
    private static final int STREAMS = 10;
    /** A comment now and then shows whether the browser is still there. */
    private static final int SILENT_LOOKS = 15;

    private final RunViews views;
    private final Semaphore streams = new Semaphore(STREAMS);
    private boolean closed;

    LiveEvents(RunViews views) {
        this.views = views;
    }

    void stream(HttpExchange exchange, String run) throws IOException {
        if (!streams.tryAcquire()) {
            Answer.text(503, "too many pages are watching; close some").send(exchange);
            return;
        }
        try {
            Headers headers = exchange.getResponseHeaders();
            Answer.secure(headers);
            headers.set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                send(out, run);
            }
        } finally {
            streams.release();
        }
    }

    private void send(OutputStream out, String run) throws IOException {
        String sent = "";
        for (int silent = 0; ; silent++) {
            ObjectNode state = views.live(run);
            String text = state.toString();
            if (!text.equals(sent)) {
                write(out, "data: " + text + "\n\n");
                sent = text;
                silent = 0;
            } else if (silent >= SILENT_LOOKS) {
                write(out, ": still here\n\n");
                silent = 0;
            }
            if (!state.path("run").path("unfinished").asBoolean()) {
                write(out, "event: ended\ndata: {}\n\n");
                return;
            }
            if (!pause()) {
                return;
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** False where the server is closing. */
    private synchronized boolean pause() {
        try {
            if (!closed) {
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
