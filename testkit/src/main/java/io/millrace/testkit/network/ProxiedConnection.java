package io.millrace.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/** One client's connection and ours to the server; a thread for each direction. */
final class ProxiedConnection {
    private static final int CHUNK = 64 << 10;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean answerIsLost;

    ProxiedConnection(FaultProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void passRequests() {
        pass(client, server, true);
    }

    void passAnswers() {
        pass(server, client, false);
    }

    private void pass(Socket from, Socket to, boolean requests) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
                if (requests && proxy.fault() instanceof Fault.Answer instead) {
                    Optional<byte[]> answer = instead.next();
                    if (answer.isPresent()) {
                        answer(answer.get(), in);
                        return;
                    }
                }
                int passed = requests ? request(chunk, size) : answer(size);
                out.write(chunk, 0, passed);
                out.flush();
                if (passed < size && proxy.fault() instanceof Fault.Cut) {
                    reset();
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            reset();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    /** Answers in the server's place. What else the client sends of its request is read, so that it sees the answer. */
    private void answer(byte[] answer, InputStream request) throws IOException {
        client.getOutputStream().write(answer);
        client.shutdownOutput();
        request.transferTo(OutputStream.nullOutputStream());
        reset();
    }

    /** How many of a request's bytes pass. */
    private int request(byte[] chunk, int size) throws InterruptedException {
        Fault fault = proxy.fault();
        if (fault instanceof Fault.LoseAnswer lose
                && lose.request.test(Arrays.copyOf(chunk, size))
                && proxy.spend(fault)) {
            answerIsLost = true;
        }
        // Whoever was asked may have set another fault.
        fault = proxy.fault();
        if (fault instanceof Fault.Swallow swallow && swallow.requestsToo) {
            return 0;
        }
        return fault instanceof Fault.Cut cut && cut.requests ? cut.allowed(size) : delayed(fault, true, size);
    }

    /** How many of an answer's bytes pass. */
    private int answer(int size) throws IOException, InterruptedException {
        if (answerIsLost) {
            throw new IOException("the answer is lost on purpose");
        }
        Fault fault = proxy.fault();
        if (fault instanceof Fault.Swallow) {
            return 0;
        }
        return fault instanceof Fault.Cut cut && !cut.requests ? cut.allowed(size) : delayed(fault, false, size);
    }

    private static int delayed(Fault fault, boolean requests, int size) throws InterruptedException {
        if (fault instanceof Fault.Delay delay && (requests || !delay.requestsOnly)) {
            // The delay is the fault that was asked for.
            Thread.sleep(delay.time.toMillis());
        }
        return size;
    }

    /** Ends both sides at once, as a firewall or a crashed machine does. */
    void reset() {
        proxy.ended(this);
        drop(client);
        drop(server);
    }

    private static void drop(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException already) {
            // It is closed, as it should be.
        }
    }
}
