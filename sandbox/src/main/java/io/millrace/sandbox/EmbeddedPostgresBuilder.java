package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choices for one server; every one has a default. Not thread-safe. */
public final class EmbeddedPostgresBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresBuilder.class);

    private Path folder;
    private Path cache = PostgresBinaries.defaultCache();
    private int port;
    private boolean durable;
    private boolean keep;
    private StaleServer stale = StaleServer.END;
    private Privilege privilege;
    private final Map<String, String> settings = new LinkedHashMap<>();

    EmbeddedPostgresBuilder() {}

    /** The server's own folder, made if absent and left in place on close. Default: a temporary one, deleted on close. */
    public EmbeddedPostgresBuilder folder(Path chosen) {
        folder = chosen;
        return this;
    }

    /** Where the programs are unpacked once for all starts. Default: {@code millrace} in the user's cache folder. */
    public EmbeddedPostgresBuilder cache(Path chosen) {
        cache = chosen;
        return this;
    }

    /** The TCP port on 127.0.0.1; 0, the default, takes a free one. */
    public EmbeddedPostgresBuilder port(int chosen) {
        port = chosen;
        return this;
    }

    /** Switches fsync and full-page writes on, which are off by default: data then survives a crash of the machine. */
    public EmbeddedPostgresBuilder durable() {
        durable = true;
        return this;
    }

    /** Lets the server outlive {@code close()} and this process; {@link EmbeddedPostgres#stopKept} ends it. Needs a folder. */
    public EmbeddedPostgresBuilder keep() {
        keep = true;
        return this;
    }

    /** What to do with a server left behind in the folder. Default: end it. */
    public EmbeddedPostgresBuilder stale(StaleServer chosen) {
        stale = chosen;
        return this;
    }

    /** A setting of postgresql.conf, which goes before our own ones. */
    public EmbeddedPostgresBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Settings of postgresql.conf, which go before our own ones. */
    public EmbeddedPostgresBuilder settings(Map<String, String> chosen) {
        settings.putAll(chosen);
        return this;
    }

    EmbeddedPostgresBuilder privilege(Privilege chosen) {
        privilege = chosen;
        return this;
    }

    /**
     * Starts the server and returns when it accepts connections.
     *
     * @throws SandboxException if another live process uses the folder, or the server cannot be unpacked or started
     */
    public EmbeddedPostgres start() {
        if (keep && folder == null) {
            throw new SandboxException(
                    "A server that is kept needs a folder: a temporary one could not be found again.");
        }
        return Launch.in(EmbeddedPostgres.TITLE, folder, this::start);
    }

    private EmbeddedPostgres start(ServerFolder owned) throws IOException {
        DataFolder data = new DataFolder(owned);
        Cluster cluster = cluster(data, cache, privilege);
        endStaleServer(data, cluster);
        return Launch.of(EmbeddedPostgres.TITLE, owned, cluster, PostmasterFile.in(data.cluster()), keep, launch -> {
            cluster.initialise(EmbeddedPostgres.SUPERUSER);
            int chosen = FreePort.start(port, "could not bind", free -> {
                cluster.configure(allSettings(free));
                cluster.start();
            });
            return new EmbeddedPostgres(launch, chosen);
        });
    }

    static Cluster cluster(DataFolder data, Path cache, Privilege wanted) throws IOException {
        Privilege privilege = wanted == null ? Privilege.forOwnerOf(data.path()) : wanted;
        Path unpacked = cache;
        if (privilege == Privilege.NOBODY) {
            // Nobody must reach the programs, and a root user's cache folder is closed to it.
            unpacked = data.path().resolve("programs");
            Files.setPosixFilePermissions(data.path(), PosixFilePermissions.fromString("rwx--x--x"));
        }
        return new Cluster(data, PostgresBinaries.in(unpacked), privilege);
    }

    private void endStaleServer(DataFolder data, Cluster cluster) {
        OptionalLong server = cluster.pid();
        if (server.isEmpty()) {
            return;
        }
        if (stale == StaleServer.REPORT) {
            throw new SandboxException("A PostgreSQL server (process " + server.getAsLong() + ") still runs in "
                    + data.path() + " though its owner is gone. End it, or choose another folder.");
        }
        LOG.warn("Ending the PostgreSQL server left behind in {} (process {})", data.path(), server.getAsLong());
        cluster.stop();
    }

    private Map<String, String> allSettings(int chosenPort) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("max_connections", "100");
        all.put("shared_buffers", "128MB");
        all.put("max_wal_size", "2GB");
        all.put("synchronous_commit", "on");
        all.put("fsync", durable ? "on" : "off");
        all.put("full_page_writes", durable ? "on" : "off");
        all.put("timezone", "UTC");
        all.put("log_timezone", "UTC");
        all.putAll(settings);
        all.put("listen_addresses", EmbeddedPostgres.HOST);
        all.put("unix_socket_directories", "");
        all.put("port", Integer.toString(chosenPort));
        return all;
    }
}
