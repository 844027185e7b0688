package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The choices for one server; every one has a default. Not thread-safe. */
public final class EmbeddedRedisBuilder {
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
        return Launch.in(EmbeddedRedis.TITLE, folder, this::start);
    }

    private EmbeddedRedis start(ServerFolder owned) throws IOException {
        AtomicInteger chosen = new AtomicInteger();
        ServerProcess process = process(owned, cache, () -> answers(chosen.get()));
        // A server left behind by a killed process that kept it.
        process.stop();
        return Launch.of(EmbeddedRedis.TITLE, owned, process, process.mark(), keep, launch -> {
            FreePort.start(port, "Address already in use", free -> {
                chosen.set(free);
                configure(owned.path(), allSettings(owned.path(), free));
                process.start();
            });
            return new EmbeddedRedis(launch, chosen.get(), password);
        });
    }

    static ServerProcess process(ServerFolder owned, Path cache, BooleanSupplier answers) throws IOException {
        List<String> command = List.of(
                RedisBinary.in(cache).toString(), configuration(owned.path()).toString());
        return new ServerProcess(owned, EmbeddedRedis.TITLE, command, String.join(" ", command), answers);
    }

    private boolean answers(int chosen) {
        try (RedisConversation conversation = RedisConversation.with(EmbeddedRedis.HOST, chosen, password)) {
            return "PONG".equals(conversation.ask("PING"));
        } catch (IOException | SandboxException notYet) {
            return false;
        }
    }

    private static Path configuration(Path home) {
        return home.resolve("redis.conf");
    }

    /** Writes the configuration, readable by its owner only because it holds the password. */
    private static void configure(Path home, Map<String, String> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(' ')
                .append(value.matches("[\\w.:-]+( [\\w.:-]+)*") ? value : quoted(value))
                .append('\n'));
        Path file = configuration(home);
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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
