package io.millrace.app.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.metrics.PrometheusText;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of pages about runs, on the loopback address alone. It answers to requests that name this host, so that no other
 * site can look into it through the user's browser. Thread-safe; closing ends it at once.
 */
public final class Dashboard implements AutoCloseable {
    /** Pages poll little; each open page holds one thread for its live events. */
    private static final int THREADS = 16;

    private final HttpServer server;
    private final ExecutorService threads;
    private final LiveEvents live;

    private Dashboard(HttpServer server, ExecutorService threads, LiveEvents live) {
        this.server = server;
        this.threads = threads;
        this.live = live;
    }

    /**
     * Starts one.
     *
     * @param ledger to read; stays the caller's
     * @param stateFolder of the runs' files
     * @param port 0 for any
     */
    public static Dashboard start(Ledger ledger, Path stateFolder, int port) {
        HttpServer server = bind(port);
        int bound = server.getAddress().getPort();
        RunViews views = new RunViews(ledger, stateFolder);
        LiveEvents live = new LiveEvents(views);
        Routes routes = new Routes(views, live, new StreamViews(stateFolder), new PrometheusText(ledger, stateFolder));
        RequestGuard guard = new RequestGuard(bound);
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "millrace-ui-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, guard, routes));
        server.start();
        return new Dashboard(server, threads, live);
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (BindException taken) {
            throw MillraceException.user("port " + port + " of 127.0.0.1 is in use (" + taken.getMessage()
                    + "); choose another with --port, or --port 0 for any");
        } catch (IOException failed) {
            throw MillraceException.unavailable("the dashboard cannot listen on 127.0.0.1:" + port, failed);
        }
    }

    private static void handle(HttpExchange exchange, RequestGuard guard, Routes routes) throws IOException {
        try (exchange) {
            Answer refusal = guard.refuse(exchange);
            if (refusal != null) {
                refusal.send(exchange);
            } else {
                routes.answer(exchange);
            }
        }
    }

    /** Where browsers find it. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        live.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
