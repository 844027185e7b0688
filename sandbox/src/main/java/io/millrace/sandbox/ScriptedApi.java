package io.millrace.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * A JSON API over HTTP on the loopback interface that serves records page by page, in every usual way, and misbehaves on
 * demand. All of it lives in this process and ends with it.
 *
 * <table>
 * <caption>Paths; all take limit, since and before</caption>
 * <tr><td>/all</td><td>a list of all records</td></tr>
 * <tr><td>/page?page=1</td><td>a list; behind the last page an empty one</td></tr>
 * <tr><td>/offset?offset=0</td><td>the same by records</td></tr>
 * <tr><td>/cursor?cursor=…</td><td>{@code {"data": {"items": […]}, "next": "…"}}, next null on the last page</td></tr>
 * <tr><td>/link</td><td>a list, and the header Link</td></tr>
 * <tr><td>/next</td><td>{@code {"items": […], "links": {"next": "…"}}}</td></tr>
 * <tr><td>POST /token</td><td>an OAuth token for the client that {@link #requireClient} names</td></tr>
 * </table>
 */
public final class ScriptedApi implements AutoCloseable {
    private static final int PAGE = 100;

    static {
        // Otherwise each answer on a kept connection waits 40 ms for an acknowledgement; read when the server's class
        // loads.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<ApiRecord> records = new ArrayList<>();
    private final List<ApiRequest> requests = new ArrayList<>();
    private final Deque<Optional<ApiFault>> script = new ArrayDeque<>();
    private final Map<String, String> answers = new HashMap<>();
    private final ApiKeys keys = new ApiKeys();
    private int tokenSeconds = 3_600;

    private ScriptedApi(HttpServer server) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "scripted-api");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A server without records on a free port. */
    public static ScriptedApi start() {
        try {
            return new ScriptedApi(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a path such as {@code /cursor}. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Serves further records, behind the others. */
    public synchronized ScriptedApi add(List<ApiRecord> more) {
        records.addAll(more);
        return this;
    }

    /** Answers a path and query with this text from now on, for instance {@code /loop?cursor=A}. */
    public synchronized ScriptedApi answer(String target, String json) {
        answers.put(target, json);
        return this;
    }

    /** Does this instead of answering the next request that has nothing else to expect. */
    public synchronized ScriptedApi then(ApiFault fault) {
        script.add(Optional.of(fault));
        return this;
    }

    /** Answers so many requests as it should before it goes on with the script. */
    public synchronized ScriptedApi thenRight(int count) {
        for (int i = 0; i < count; i++) {
            script.add(Optional.empty());
        }
        return this;
    }

    /** Answers only who shows this token. */
    public ScriptedApi requireBearer(String token) {
        keys.bearer(token);
        return this;
    }

    /** Answers only who shows this user and password. */
    public ScriptedApi requireBasic(String user, String password) {
        keys.basic(user, password);
        return this;
    }

    /** Answers only who shows this key, in the header X-Key or the parameter api_key. */
    public ScriptedApi requireKey(String key) {
        keys.key(key);
        return this;
    }

    /** Answers only who shows a token that this client was given at /token. */
    public ScriptedApi requireClient(String id, String secret) {
        keys.client(id, secret);
        return this;
    }

    /** What later tokens say about their life; zero or less: nothing. */
    public synchronized ScriptedApi tokenSeconds(int seconds) {
        tokenSeconds = seconds;
        return this;
    }

    /** Makes all tokens void. */
    public void forgetTokens() {
        keys.forgetTokens();
    }

    /** What has been asked so far, in order. */
    public synchronized List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            ApiRequest request = received(exchange);
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<ApiFault> fault;
            synchronized (this) {
                requests.add(request);
                fault = script.isEmpty() ? Optional.empty() : script.remove();
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/token")) {
                token(exchange, request, new String(body, StandardCharsets.UTF_8), fault);
            } else if (!keys.admits(request)) {
                ApiFault.status(401, "{\"error\":\"who are you?\"}").answer(exchange, new byte[0], closed);
            } else {
                Map<String, String> headers = new LinkedHashMap<>();
                Optional<String> answer = answer(path, request, headers);
                if (fault.isPresent()) {
                    fault.get().answer(exchange, answer.orElse("{}").getBytes(StandardCharsets.UTF_8), closed);
                } else if (answer.isEmpty()) {
                    ApiFault.status(404, "{\"error\":\"no such path\"}").answer(exchange, new byte[0], closed);
                } else {
                    send(exchange, answer.get(), headers, request);
                }
            }
        } catch (IOException brokenOff) {
            // The asker has gone, or a fault broke the connection off: closing the exchange is all there is to do.
        }
    }

    private static ApiRequest received(HttpExchange exchange) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new ApiRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                form(exchange.getRequestURI().getRawQuery()),
                headers);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private synchronized Optional<String> answer(String path, ApiRequest request, Map<String, String> headers) {
        if (answers.containsKey(request.target())) {
            return Optional.of(answers.get(request.target()));
        }
        ApiPages pages = new ApiPages(chosen(request), request, url(""), request.number("limit", PAGE));
        return pages.answer(path, headers);
    }

    private List<ApiRecord> chosen(ApiRequest request) {
        Optional<Instant> since =
                Optional.ofNullable(request.parameters().get("since")).map(Instant::parse);
        Optional<Instant> before =
                Optional.ofNullable(request.parameters().get("before")).map(Instant::parse);
        return records.stream()
                .filter(row -> since.isEmpty() || !row.created().isBefore(since.get()))
                .filter(row -> before.isEmpty() || row.created().isBefore(before.get()))
                .toList();
    }

    private void token(HttpExchange exchange, ApiRequest request, String body, Optional<ApiFault> fault)
            throws IOException {
        Map<String, String> form = form(body);
        Optional<String> token = form.getOrDefault("grant_type", "").equals("client_credentials")
                ? keys.token(request.header("authorization"), form.get("client_id"), form.get("client_secret"))
                : Optional.empty();
        if (fault.isPresent()) {
            fault.get().answer(exchange, new byte[0], closed);
        } else if (token.isEmpty()) {
            ApiFault.status(401, "{\"error\":\"invalid_client\"}").answer(exchange, new byte[0], closed);
        } else {
            String life;
            synchronized (this) {
                life = tokenSeconds > 0 ? ",\"expires_in\":" + tokenSeconds : "";
            }
            String text = "{\"access_token\":\"" + token.get() + "\",\"token_type\":\"Bearer\"" + life + "}";
            ApiFault.send(exchange, text.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }
    }

    private static void send(HttpExchange exchange, String text, Map<String, String> headers, ApiRequest request)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        headers.put("Content-Type", "application/json");
        if (request.header("accept-encoding")
                .filter(value -> value.contains("gzip"))
                .isPresent()) {
            headers.put("Content-Encoding", "gzip");
            body = packed(body);
        }
        ApiFault.send(exchange, body, headers);
    }

    /** As a server would pack it. */
    public static byte[] packed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    /** Ends the server at once, with all that it is answering. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
