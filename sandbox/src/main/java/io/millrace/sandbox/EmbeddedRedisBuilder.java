package io.millrace.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The choices for one server; every one has a default. Not thread-safe. */
public final class EmbeddedRedisBuilder {
    private static final int ATTEMPTS = 3;

    private Path folder;
    private Path cache = PostgresBinaries.defaultCache();
    private int port;
    private String password = randomPassword();
    private boolean persistent;
    private boolean keep;
    private final Map<String, String> settings = new LinkedHashMap<>();

    EmbeddedRedisBuilder() {}

    /** The server's own folder, made if absent and left in place on close. Default: a temporary one, deleted on close. */
    public EmbeddedRedisBuilder folder(Path chosen) {
        folder = chosen;
        return this;
    }

    /** Where the program is unpacked once for all starts. Default: {@code millrace} in the user's cache folder. */
    public EmbeddedRedisBuilder cache(Path chosen) {
        cache = chosen;
        return this;
    }

    /** The TCP port on 127.0.0.1; 0, the default, takes a free one. */
    public EmbeddedRedisBuilder port(int chosen) {
        port = chosen;
        return this;
    }

    /** The password of the user {@code default}. Default: a random one. */
    public EmbeddedRedisBuilder password(String chosen) {
        password = chosen;
        return this;
    }

    /** Lets everybody on this host in, without a password. */
    public EmbeddedRedisBuilder open() {
        password = "";
        return this;
    }

    /** Refuses writes beyond this much memory, such as {@code 4mb}; nothing is evicted. Default: no limit. */
    public EmbeddedRedisBuilder maxMemory(String chosen) {
        return setting("maxmemory", chosen);
    }

    /** Logs every write to the folder, so that data survives {@code kill} and {@code restart}. Default: memory only. */
    public EmbeddedRedisBuilder persistent() {
        persistent = true;
        return this;
    }

    /** Lets the server outlive {@code close()} and this process; {@link EmbeddedRedis#stopKept} ends it. Needs a folder. */
    public EmbeddedRedisBuilder keep() {
        keep = true;
        return this;
    }

    /** A setting of redis.conf. Address, port, password and folder are ours. */
    public EmbeddedRedisBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Starts the server and returns when it answers.
     *
     * @throws SandboxException if another live process uses the folder, or the server cannot be unpacked or started
     */
    public EmbeddedRedis start() {
        if (keep && folder == null) {
            throw new SandboxException(
                    "A server that is kept needs a folder: a temporary one could not be found again.");
        }
        try {
            ServerFolder owned = folder == null
                    ? ServerFolder.temporary(EmbeddedRedis.TITLE)
                    : ServerFolder.at(EmbeddedRedis.TITLE, folder);
            try {
                return start(owned);
            } catch (IOException | RuntimeException failure) {
                owned.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SandboxException("Could not prepare the folder of the embedded Redis: " + failure, failure);
        }
    }

    private EmbeddedRedis start(ServerFolder owned) throws IOException {
        RedisProcess process = new RedisProcess(owned.path(), RedisBinary.in(cache));
        // A server left behind by a killed process that kept it.
        process.stop(false);
        Watchdog watchdog = keep ? null : Watchdog.over(owned, process.pidFile());
        try {
            return new EmbeddedRedis(owned, process, watchdog, startOnPort(process, owned.path()), password);
        } catch (IOException | RuntimeException failure) {
            if (watchdog != null) {
                watchdog.dismiss();
            }
            throw failure;
        }
    }

    private int startOnPort(RedisProcess process, Path home) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int chosen = port == 0 ? freePort() : port;
            process.configure(allSettings(home, chosen));
            try {
                process.start(chosen, password);
                return chosen;
            } catch (SandboxException failure) {
                // Between our look and the server's start somebody else may have taken the port.
                boolean taken = failure.getMessage().contains("Address already in use");
                if (port != 0 || !taken || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Map<String, String> allSettings(Path home, int chosenPort) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("save", "");
        all.put("appendonly", persistent ? "yes" : "no");
        // The operating system keeps what was written when the process is killed; only its own crash loses some.
        all.put("appendfsync", "no");
        all.put("maxmemory-policy", "noeviction");
        all.putAll(settings);
        all.put("bind", EmbeddedRedis.HOST);
        all.put("port", Integer.toString(chosenPort));
        all.put("dir", home.toString());
        all.put("pidfile", home.resolve("redis.pid").toString());
        all.put("daemonize", "no");
        // The command line is how the server is known again.
        all.put("set-proc-title", "no");
        if (!password.isEmpty()) {
            all.put("requirepass", password);
        }
        return all;
    }

    private static String randomPassword() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
