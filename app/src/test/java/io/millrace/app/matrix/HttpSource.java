package io.millrace.app.matrix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pages of 250 events, each naming the next by a cursor, for whoever brings the token. */
final class HttpSource implements MatrixSource, AutoCloseable {
    private static final int PAGE = 250;
    private static final String TOKEN = "opensesame";

    private final HttpServer server;

    HttpSource() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", HttpSource::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        String query = exchange.getRequestURI().getQuery();
        int from = query == null ? 0 : Integer.parseInt(query.replaceFirst(".*after=(\\d+).*", "$1"));
        List<Events.Event> all = Events.all();
        List<Events.Event> page = all.subList(from, Math.min(all.size(), from + PAGE));
        String next = from + PAGE < all.size() ? "\"" + (from + PAGE) + "\"" : "null";
        byte[] body = page.stream()
                .map(Events::json)
                .collect(Collectors.joining(", ", "{\"data\": {\"items\": [", "]}, \"next\": " + next + "}"))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String settings() {
        return "http: {url: \"http://127.0.0.1:" + server.getAddress().getPort() + "/events\", records: data.items,"
                + " auth: {bearer: \"${env:HTTP_TOKEN}\"}, pagination: {cursor: {path: next, param: after}}, schema: "
                + Events.schema() + "}";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("HTTP_TOKEN", TOKEN);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
