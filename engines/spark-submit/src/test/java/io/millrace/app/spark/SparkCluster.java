package io.millrace.app.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A standalone cluster of Spark: a master and two workers, each a process. */
public final class SparkCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> WORKERS = List.of("work-1", "work-2");

    private final SparkHome home;
    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private SparkCluster(SparkHome home, Path folder, int port) {
        this.home = home;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts one; its workers join it while others go on.
     *
     * @param folder for what its processes write
     */
    public static SparkCluster start(SparkHome home, Path folder) {
        try {
            SparkCluster cluster = new SparkCluster(home, folder, freePort());
            cluster.launch("master", "org.apache.spark.deploy.master.Master", "--port", cluster.port + "");
            Awaitility.await().atMost(PATIENCE).until(cluster::answers);
            for (String worker : WORKERS) {
                cluster.launch(
                        worker,
                        "org.apache.spark.deploy.worker.Worker",
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        folder.resolve(worker).toString(),
                        cluster.master());
            }
            return cluster;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Its address. */
    public String master() {
        return "spark://127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void launch(String name, String main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        all.addAll(List.of(arguments));
        processes.add(home.program(main, List.of("-Xmx256m"), all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private List<ProcessHandle> executors() {
        return processes.stream().skip(1).flatMap(Process::descendants).toList();
    }

    /** {@code kill -9} of one executor of this driver, unless it has ended before that. No driver is on the cluster then. */
    void killExecutor(Process driver) {
        Awaitility.await().atMost(PATIENCE).until(() -> !executors().isEmpty() || !driver.isAlive());
        executors().stream().findFirst().ifPresent(victim -> {
            victim.destroyForcibly();
            Awaitility.await().atMost(PATIENCE).until(() -> !victim.isAlive());
        });
    }

    /** What the driver that a worker was last given has printed, to stdout or stderr. */
    String driverOutput(String stream) {
        List<Path> drivers = new ArrayList<>();
        for (String worker : WORKERS) {
            Path work = folder.resolve(worker);
            if (Files.isDirectory(work)) {
                try (Stream<Path> folders = Files.list(work)) {
                    folders.filter(driver -> driver.getFileName().toString().startsWith("driver-"))
                            .forEach(drivers::add);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
        // Their names end with the time and a number.
        return drivers.stream()
                .max(Comparator.comparing(driver -> driver.getFileName().toString()))
                .map(driver -> text(driver.resolve(stream)))
                .orElse("");
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
