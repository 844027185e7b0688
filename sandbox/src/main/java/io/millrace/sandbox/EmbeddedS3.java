package io.millrace.sandbox;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real S3 server (S3Proxy) on 127.0.0.1 in a process of its own, for tests and benchmarks. It keeps objects in files,
 * checks signatures, and ends with {@link #close} or with this process, even one ended by {@code kill -9}.
 *
 * <p>Safe for use by several threads. All methods that change the server's state wait until it is reached.
 */
public final class EmbeddedS3 extends EmbeddedServer {
    private static final String TITLE = "S3";
    private static final String ACCESS_KEY = "sandbox";
    private static final FileAttribute<?> ONLY_OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final int port;
    private final String secretKey;
    private final AtomicInteger buckets = new AtomicInteger();

    private EmbeddedS3(Launch launch, int port) throws IOException {
        super(launch);
        this.port = port;
        this.secretKey = launch.folder().password();
    }

    /** Starts a server with a temporary folder, deleted on close. */
    public static EmbeddedS3 launch() {
        return Launch.in(TITLE, null, EmbeddedS3::launch);
    }

    private static EmbeddedS3 launch(ServerFolder folder) throws IOException {
        String mark = "-Dmillrace.folder=" + folder.path();
        AtomicInteger port = new AtomicInteger();
        ServerProcess process =
                new ServerProcess(folder, "S3Proxy", command(folder.path(), mark), mark, () -> answers(port.get()));
        return Launch.of(TITLE, folder, process, process.mark(), false, launch -> {
            FreePort.start(0, "bind", chosen -> {
                port.set(chosen);
                writeProperties(folder, chosen);
                process.start();
            });
            return new EmbeddedS3(launch, port.get());
        });
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
        return endpoint(port);
    }

    private static String endpoint(int port) {
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
        return secretKey;
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
        return objects(folder());
    }

    private static Path objects(Path folder) {
        return folder.resolve("objects");
    }

    private static Path properties(Path folder) {
        return folder.resolve("s3proxy.conf");
    }

    private static List<String> command(Path folder, String mark) {
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
                properties(folder).toString());
    }

    private static void writeProperties(ServerFolder owned, int port) throws IOException {
        Path folder = owned.path();
        Files.createDirectories(objects(folder));
        Path file = properties(folder);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "s3proxy.endpoint=" + endpoint(port),
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + owned.password(),
                        "s3proxy.max-single-part-object-size=5368709120",
                        "s3proxy.v4-max-non-chunked-request-size=536870912",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + objects(folder),
                        ""),
                StandardCharsets.UTF_8);
    }

    /** Whoever is not signed is refused: that refusal is the sign of life. */
    private static boolean answers(int port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint(port)).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
