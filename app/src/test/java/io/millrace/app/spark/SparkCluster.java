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
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A standalone cluster of Spark: a master and two workers, each a process, made of the jars that Maven has. */
final class SparkCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path home;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private SparkCluster(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    static SparkCluster start(Path folder) {
        try {
            Path jars = Files.createDirectories(folder.resolve("spark-home/jars"));
            Files.createDirectories(folder.resolve("spark-home/conf"));
            for (Path jar : SparkPrograms.sparkJars()) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            }
            SparkCluster cluster = new SparkCluster(folder.resolve("spark-home"), freePort());
            cluster.launch("master", "org.apache.spark.deploy.master.Master", "--port", cluster.port + "");
            Awaitility.await().atMost(PATIENCE).until(cluster::answers);
            for (int worker = 1; worker <= 2; worker++) {
                cluster.launch(
                        "worker-" + worker,
                        "org.apache.spark.deploy.worker.Worker",
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        cluster.home.resolve("work-" + worker).toString(),
                        cluster.master());
            }
            return cluster;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String master() {
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
        List<String> command = SparkPrograms.java("-Xmx256m");
        command.addAll(List.of("-cp", home.resolve("conf") + ":" + home.resolve("jars") + "/*", main));
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.start());
    }

    /** The processes of executors at work. */
    List<ProcessHandle> executors() {
        return processes.stream().skip(1).flatMap(Process::descendants).toList();
    }

    /** {@code kill -9} of one executor. */
    void killExecutor() {
        Awaitility.await().atMost(PATIENCE).until(() -> !executors().isEmpty());
        ProcessHandle victim = executors().get(0);
        victim.destroyForcibly();
        Awaitility.await().atMost(PATIENCE).until(() -> !victim.isAlive());
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
