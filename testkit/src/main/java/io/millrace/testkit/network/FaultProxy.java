package io.millrace.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Stands on a port of 127.0.0.1 before a real server and passes bytes on, until it is told of a fault. A fault acts on all
 * connections, those that are open included, until the next one is set. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = new Fault.None();
    private volatile boolean closed;

    private FaultProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept, "accept");
    }

    /** A proxy before this server, without a fault yet. */
    public static FaultProxy before(String host, int port) {
        try {
            return new FaultProxy(new InetSocketAddress(host, port));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The port on 127.0.0.1 to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** From now on everything passes. Connections that a fault has ended or robbed of bytes stay so. */
    public void heal() {
        fault = new Fault.None();
    }

    /** Holds back every chunk of bytes, in both directions, for this long. */
    public void delay(Duration time) {
        fault = new Fault.Delay(time, false);
    }

    /** Holds back every chunk of bytes that clients send, as a server does that is far away: answers come as fast as ever. */
    public void delayRequests(Duration time) {
        fault = new Fault.Delay(time, true);
    }

    /** Resets a connection as soon as this many more bytes, of all connections together, have gone to the server. */
    public void resetAfterRequests(long bytes) {
        fault = new Fault.Cut(true, bytes);
    }

    /** Resets a connection as soon as this many more bytes, of all connections together, have come from the server. */
    public void resetAfterAnswers(long bytes) {
        fault = new Fault.Cut(false, bytes);
    }

    /** Takes all bytes and passes none on, in either direction; connections stay open. */
    public void blackHole() {
        fault = new Fault.Swallow(true);
    }

    /** Passes on what clients send, and nothing of what the server answers; connections stay open. */
    public void swallowAnswers() {
        fault = new Fault.Swallow(false);
    }

    /**
     * Once a client has sent such bytes they are passed on; the server's answer to them is not: when it arrives, the
     * connection is reset. Acts once, then everything passes.
     *
     * @param request asked for each chunk of bytes that a client sends, which is what the client flushed at once unless
     *     that is large; asked by several threads
     */
    public void loseAnswerTo(Predicate<byte[]> request) {
        fault = new Fault.LoseAnswer(request);
    }

    /**
     * Gives this answer to the next requests in the server's place, which does not see them; each ends its connection.
     * For refusals that the real server cannot be made to give. Then everything passes.
     *
     * @param times how many requests, a request being what a client sends first on a connection, or after an answer
     */
    public void answerInstead(int times, byte[] answer) {
        fault = new Fault.Answer(times, answer);
    }

    /** How many of the answers of {@link #answerInstead} have not been given. */
    public int answersLeft() {
        return fault instanceof Fault.Answer answer ? answer.left() : 0;
    }

    /** Refuses new connections and resets the open ones, until another fault is set. */
    public void refuse() {
        fault = new Fault.Refuse();
        resetAll();
    }

    /** Resets all open connections, both towards the client and the server; new ones are taken. */
    public void resetAll() {
        connections.forEach(ProxiedConnection::reset);
    }

    Fault fault() {
        return fault;
    }

    /** Ends a fault that acts once; false where another thread was quicker or another fault is set. */
    synchronized boolean spend(Fault spent) {
        if (fault != spent) {
            return false;
        }
        fault = new Fault.None();
        return true;
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                if (fault instanceof Fault.Refuse) {
                    client.setSoLinger(true, 0);
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException ended) {
                // The listener was closed, or this client gave up; the loop's condition tells which.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(server);
        } catch (IOException unreachable) {
            client.close();
            throw unreachable;
        }
        ProxiedConnection connection = new ProxiedConnection(this, client, upstream);
        connections.add(connection);
        start(connection::passRequests, "requests");
        start(connection::passAnswers, "answers");
    }

    private void start(Runnable work, String what) {
        Thread thread = new Thread(work, "fault-proxy-" + listener.getLocalPort() + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    /** Resets what is open and takes no more connections. */
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        resetAll();
    }
}
