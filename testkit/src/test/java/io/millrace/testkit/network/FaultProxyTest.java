package io.millrace.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private FaultProxy proxy;

    /** A server that answers every byte with the same byte in upper case. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.before("127.0.0.1", server.getLocalPort());
        new Thread(this::serve).start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                new Thread(() -> echo(client)).start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void echo(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                heard.add(Character.toString(read));
                client.getOutputStream().write(Character.toUpperCase(read));
            }
        } catch (IOException reset) {
            heard.add("reset");
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket("127.0.0.1", proxy.port());
        client.setTcpNoDelay(true);
        client.setSoTimeout(10_000);
        return client;
    }

    private static String ask(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return new String(client.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
    }

    private String heard() throws InterruptedException {
        return heard.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void passesBytesOnInBothDirections() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, "abc")).isEqualTo("ABC");
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void losesTheAnswerToOneRequestOnly() throws Exception {
        try (Socket client = connect()) {
            proxy.loseAnswerTo(request -> request[0] == 'c');
            assertThat(ask(client, "a")).isEqualTo("A");
            assertThatThrownBy(() -> ask(client, "c")).isInstanceOf(SocketException.class);
        }
        assertThat(heard()).isEqualTo("a");
        assertThat(heard()).isEqualTo("c");
        try (Socket client = connect()) {
            assertThat(ask(client, "c")).isEqualTo("C");
        }
    }

    @Test
    void swallowsAnswersUntilHealed() throws Exception {
        proxy.swallowAnswers();
        try (Socket client = connect()) {
            client.setSoTimeout(100);
            assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(SocketTimeoutException.class);
            assertThat(heard()).isEqualTo("a");
            proxy.heal();
            client.setSoTimeout(10_000);
            assertThat(ask(client, "b")).isEqualTo("B");
        }
    }

    @Test
    void aBlackHoleTakesRequestsToo() throws Exception {
        try (Socket client = connect()) {
            proxy.blackHole();
            client.setSoTimeout(100);
            assertThatThrownBy(() -> ask(client, "a")).isInstanceOf(SocketTimeoutException.class);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void resetsBehindSoManyBytes() throws Exception {
        try (Socket client = connect()) {
            proxy.resetAfterRequests(2);
            assertThatThrownBy(() -> ask(client, "abc")).isInstanceOf(IOException.class);
        } catch (SocketException already) {
            // Closing what is reset may complain.
        }
        proxy.resetAfterAnswers(1);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> {
                        ask(client, "a");
                        ask(client, "b");
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void refusesConnectionsUntilHealed() throws Exception {
        try (Socket client = connect()) {
            assertThat(ask(client, "a")).isEqualTo("A");
            proxy.refuse();
            assertThatThrownBy(() -> ask(client, "b")).isInstanceOf(SocketException.class);
        }
        try (Socket refused = connect()) {
            assertThatThrownBy(() -> ask(refused, "b")).isInstanceOf(SocketException.class);
        }
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(ask(client, "b")).isEqualTo("B");
        }
    }

    @Test
    void delaysEveryChunk() throws Exception {
        try (Socket client = connect()) {
            proxy.delay(Duration.ofMillis(30));
            long start = System.nanoTime();
            assertThat(ask(client, "a")).isEqualTo("A");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        }
    }

    @Test
    void delaysRequests() throws Exception {
        try (Socket client = connect()) {
            proxy.delayRequests(Duration.ofMillis(300));
            long start = System.nanoTime();
            assertThat(ask(client, "a")).isEqualTo("A");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }
}
