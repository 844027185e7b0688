package io.millrace.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real S3 server (S3Proxy) on 127.0.0.1 in a process of its own, for tests and benchmarks. It keeps objects in files,
 * checks signatures, and ends with {@link #close} or with this process, even one ended by {@code kill -9}.
 *
 * <p>Safe for use by several threads. All methods that change the server's state wait until it is reached.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedS3.class);
    private static final String HOST = "127.0.0.1";
    private static final String ACCESS_KEY = "sandbox";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT_ATTEMPTS = 3;
    private static final FileAttribute<?> ONLY_OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final ServerFolder folder;
    private final ServerProcess process;
    private final Watchdog watchdog;
    private final int port;
    private final AtomicInteger buckets = new AtomicInteger();
    private boolean closed;

    private EmbeddedS3(ServerFolder folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        String mark = "-Dmillrace.folder=" + folder.path();
        this.process = new ServerProcess(folder, "S3Proxy", command(mark), mark);
        this.watchdog = Watchdog.over(folder, process.mark());
        try {
            writeProperties();
            start();
        } catch (IOException | RuntimeException failure) {
            process.kill();
            watchdog.dismiss();
            throw failure;
        }
    }

    /** Starts a server with a temporary folder, deleted on close. */
    public static EmbeddedS3 launch() {
        try {
            ServerFolder folder = ServerFolder.temporary("S3");
            try {
                return launch(folder);
            } catch (IOException | RuntimeException failure) {
                folder.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SandboxException("Could not prepare the embedded S3 server: " + failure, failure);
        }
    }

    private static EmbeddedS3 launch(ServerFolder folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new EmbeddedS3(folder, freePort());
            } catch (SandboxException failure) {
                // Between our look and the server's start somebody else may have taken the port.
                if (attempt == PORT_ATTEMPTS || !failure.getMessage().contains("bind")) {
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

    /** The one server that all tests of this process share; it ends with the process. Never close or stop it. */
    public static EmbeddedS3 shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final EmbeddedS3 SERVER = launch();
    }

    /** {@code http://127.0.0.1:port}; restarts keep it. */
    public String endpoint() {
        return "http://" + HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public String accessKey() {
        return ACCESS_KEY;
    }

    /** Random for each folder. */
    public String secretKey() {
        try {
            return folder.password();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server's process id, or empty while it is stopped. */
    public OptionalLong pid() {
        return process.pid();
    }

    /** The server's folder. */
    public Path folder() {
        return folder.path();
    }

    /** Creates an empty bucket of this name, which must be new, and returns the name. */
    public String createBucket(String name) {
        try {
            // Open to its owner only: the server takes a folder that others may read for a public bucket.
            Files.createDirectory(objects().resolve(name), ONLY_OURS);
            return name;
        } catch (IOException failure) {
            throw new SandboxException("Could not create the bucket " + name + ": " + failure, failure);
        }
    }

    /** Creates an empty bucket with a name that is free in this server as long as only this method chooses names. */
    public String createBucket() {
        return createBucket("bucket-" + buckets.incrementAndGet());
    }

    /** The folder in which the server keeps the objects of a bucket: their keys are paths in it. */
    public Path bucket(String name) {
        return objects().resolve(name);
    }

    private Path objects() {
        return folder.path().resolve("objects");
    }

    private List<String> command(String mark) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-DLOG_LEVEL=warn",
                "-DJETTY_LOG_LEVEL=warn",
                mark,
                "-jar",
                ServerJar.named("s3proxy").toString(),
                "--properties",
                properties().toString());
    }

    private Path properties() {
        return folder.path().resolve("s3proxy.conf");
    }

    private void writeProperties() throws IOException {
        Files.createDirectories(objects());
        Files.deleteIfExists(properties());
        Files.createFile(
                properties(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                properties(),
                String.join(
                        "\n",
                        "s3proxy.endpoint=" + endpoint(),
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + folder.password(),
                        "s3proxy.max-single-part-object-size=5368709120",
                        "s3proxy.v4-max-non-chunked-request-size=536870912",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + objects(),
                        ""),
                StandardCharsets.UTF_8);
    }

    /** Starts a stopped or killed server again, on the same port and objects; a running one is left alone. */
    public synchronized void start() {
        if (closed) {
            throw new SandboxException("The embedded S3 server in " + folder.path() + " is closed for good.");
        }
        if (pid().isPresent()) {
            return;
        }
        try {
            process.start();
        } catch (IOException failure) {
            throw new SandboxException("Could not start the embedded S3 server: " + failure, failure);
        }
        awaitAnswer();
        LOG.info("S3Proxy runs on {} in {}", endpoint(), folder.path());
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive()) {
                throw process.failed("ended while starting");
            }
            if (System.nanoTime() > end) {
                throw process.failed("did not answer within " + PATIENCE.toSeconds() + " s");
            }
            try {
                // A server that starts tells nobody when it is ready: it is asked, until it answers or the time is up.
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SandboxException("Interrupted while S3Proxy started", interrupted);
            }
        }
    }

    /** Whoever is not signed is refused: that refusal is the sign of life. */
    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint()).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN && process.isAlive();
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stops the server in order; {@link #start} brings it back with all objects. */
    public synchronized void stop() {
        process.stop();
    }

    /** Ends the server as a crash does. */
    public synchronized void kill() {
        process.kill();
    }

    /** Stops and starts the server on the same port and objects. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Stops the server and deletes a temporary folder. May be called twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            process.stop();
            watchdog.dismiss();
            folder.close();
        } catch (IOException failure) {
            throw new SandboxException("Could not delete " + folder.path() + ": " + failure, failure);
        }
    }
}
