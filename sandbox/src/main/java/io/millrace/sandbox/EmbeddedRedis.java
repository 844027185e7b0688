package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A real Redis server on 127.0.0.1, for the demo, tests and benchmarks.
 *
 * <p>Unless it is to be {@linkplain EmbeddedRedisBuilder#keep() kept}, it ends with {@link #close} or with this process,
 * even one ended by {@code kill -9}; after such an end of the process it takes a moment.
 *
 * <p>Safe for use by several threads. All methods that change the server's state wait until it is reached.
 */
public final class EmbeddedRedis implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String TITLE = "Redis";

    private final ServerFolder folder;
    private final RedisProcess process;
    private final Optional<Watchdog> watchdog;
    private final int port;
    private final String password;
    private boolean closed;

    EmbeddedRedis(ServerFolder folder, RedisProcess process, Watchdog watchdog, int port, String password) {
        this.folder = folder;
        this.process = process;
        this.watchdog = Optional.ofNullable(watchdog);
        this.port = port;
        this.password = password;
    }

    /** The choices for a new server. */
    public static EmbeddedRedisBuilder builder() {
        return new EmbeddedRedisBuilder();
    }

    /**
     * Ends the server that an earlier process kept in this folder; what it has logged stays.
     *
     * @return whether a server ran there
     * @throws SandboxException if a live process owns the folder
     */
    public static boolean stopKept(Path folder) {
        try (ServerFolder owned = ServerFolder.at(TITLE, folder)) {
            RedisProcess process = new RedisProcess(owned.path(), RedisBinary.in(PostgresBinaries.defaultCache()));
            boolean runs = process.pid().isPresent();
            process.stop(false);
            return runs;
        } catch (IOException failure) {
            throw new SandboxException("Could not look for a Redis server in " + folder + ": " + failure, failure);
        }
    }

    /** {@code redis://127.0.0.1:port}, without the password. */
    public String url() {
        return "redis://" + HOST + ":" + port;
    }

    /** The TCP port on 127.0.0.1; restarts keep it. */
    public int port() {
        return port;
    }

    /** The password of the user {@code default}; empty where the server is open. */
    public String password() {
        return password;
    }

    /** The server's folder: {@code redis.conf}, {@code redis.log}, and what it has persisted. */
    public Path folder() {
        return folder.path();
    }

    /** The server's process id, or empty while it is stopped. */
    public OptionalLong pid() {
        return process.pid();
    }

    /**
     * Says a command on a connection of its own.
     *
     * @return the reply: a String, a Long, a List of replies, or null
     * @throws SandboxException where the server cannot be reached or answers with an error
     */
    public Object ask(String... words) {
        try (RedisConversation conversation = RedisConversation.with(HOST, port, password)) {
            return conversation.ask(words);
        } catch (IOException failure) {
            throw new SandboxException("Redis at " + HOST + ":" + port + " did not answer: " + failure, failure);
        }
    }

    /** Cuts every client's connection but its own, as an administrator or a failing network would; returns how many. */
    public long disconnectClients() {
        return (Long) ask("CLIENT", "KILL", "TYPE", "normal");
    }

    /** Stops the server in order, dropping all connections; {@link #start} brings it back. */
    public synchronized void stop() {
        process.stop(false);
    }

    /** Ends the server as a crash does. */
    public synchronized void kill() {
        process.stop(true);
    }

    /** Starts a stopped or killed server again, on the same port; a running one is left alone. Memory is empty unless persistent. */
    public synchronized void start() {
        if (closed) {
            throw new SandboxException("The embedded Redis in " + folder.path() + " is closed for good.");
        }
        if (pid().isEmpty()) {
            try {
                process.start(port, password);
            } catch (IOException failure) {
                throw new SandboxException("Could not start Redis in " + folder.path() + ": " + failure, failure);
            }
        }
    }

    /** Stops and starts the server on the same port. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Stops the server and deletes a temporary folder; a kept server only loses its owner. May be called twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (watchdog.isPresent()) {
                process.stop(false);
                watchdog.get().dismiss();
            }
            folder.close();
        } catch (IOException failure) {
            throw new SandboxException("Could not delete " + folder.path() + ": " + failure, failure);
        }
    }
}
