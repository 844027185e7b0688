package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A real Redis server on 127.0.0.1, for the demo, tests and benchmarks. Its memory is empty after a stop, unless it is
 * {@linkplain EmbeddedRedisBuilder#persistent() persistent}.
 *
 * <p>Unless it is to be {@linkplain EmbeddedRedisBuilder#keep() kept}, it ends with {@link #close} or with this process,
 * even one ended by {@code kill -9}; after such an end of the process it takes a moment.
 *
 * <p>Safe for use by several threads. All methods that change the server's state wait until it is reached.
 */
public final class EmbeddedRedis extends EmbeddedServer {
    static final String TITLE = "Redis";

    private final int port;
    private final String password;

    EmbeddedRedis(Launch launch, int port, String password) {
        super(launch);
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
        return Launch.in(TITLE, folder, owned -> {
            try (owned) {
                ServerProcess process =
                        EmbeddedRedisBuilder.process(owned, PostgresBinaries.defaultCache(), () -> false);
                boolean runs = process.pid().isPresent();
                process.stop();
                return runs;
            }
        });
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
}
