package io.millrace.app.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Set;

/**
 * Lets through what a browser on this machine asks for by this machine's name. A site that resolves its own name to the
 * loopback address shows itself by the Host header, and one that posts or fetches across by the Origin header.
 */
final class RequestGuard {
    private final Set<String> hosts;
    private final Set<String> origins;

    RequestGuard(int port) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
        this.origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port, "http://[::1]:" + port);
    }

    /** The answer to a request that is refused, or null. */
    Answer refuse(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        if (host == null || !hosts.contains(host)) {
            return Answer.text(403, "this server answers to 127.0.0.1 and localhost only");
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !origins.contains(origin)) {
            return Answer.text(403, "requests from other sites are refused");
        }
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.text(405, "this server only shows; it takes GET");
        }
        return null;
    }
}
