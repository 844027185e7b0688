package io.millrace.connectors.kafka;

import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.network.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The broker that all tests share which do not hurt it, and a network before it that can fail. */
final class TestBroker {
    static final FaultProxy PROXY;
    static final EmbeddedKafka KAFKA;

    static {
        int port = freePort();
        PROXY = FaultProxy.before("127.0.0.1", port);
        KAFKA = EmbeddedKafka.builder()
                .proxied(port, PROXY.port())
                .setting("log.cleaner.backoff.ms", "100")
                .start();
    }

    private TestBroker() {}

    /** By way of the proxy. */
    static String proxied() {
        return "127.0.0.1:" + PROXY.port();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
