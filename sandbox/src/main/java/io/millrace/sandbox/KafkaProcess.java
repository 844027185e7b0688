package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Starts and ends the broker's process. Not thread-safe. */
final class KafkaProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaFolder folder;
    private final List<String> jvmOptions;

    KafkaProcess(KafkaFolder folder, List<String> jvmOptions) {
        this.folder = folder;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /** Returns when clients find the broker at this address. */
    void start(String brokers) throws IOException {
        Files.deleteIfExists(folder.pidFile().file());
        Process broker = new ProcessBuilder(words())
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
        broker.getOutputStream().close();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                1_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                1_000))) {
            while (!answers(admin)) {
                if (!broker.isAlive()) {
                    throw new SandboxException("Kafka ended with " + broker.exitValue() + " while it was starting in "
                            + folder.path() + "." + lastLogLines());
                }
                if (System.nanoTime() > deadline) {
                    broker.destroyForcibly();
                    throw new SandboxException(
                            "Kafka did not answer within " + PATIENCE.toSeconds() + " s." + lastLogLines());
                }
            }
        }
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while Kafka was starting", interrupted);
        }
    }

    private List<String> words() throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        words.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Djava.awt.headless=true"));
        words.addAll(jvmOptions);
        words.add(folder.marker());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), KafkaMain.class.getName()));
        words.add(folder.pidFile().file().toString());
        words.add(folder.configuration().toString());
        words.add(folder.clusterId());
        return words;
    }

    /** Asks the broker to end, which it does in order; a deaf one is ended. */
    void stop() {
        end(false);
    }

    /** {@code kill -9}. */
    void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        OptionalLong pid = folder.pidFile().server();
        if (pid.isEmpty()) {
            return;
        }
        ProcessHandle broker = ProcessHandle.of(pid.getAsLong()).orElse(null);
        if (broker == null) {
            return;
        }
        if (forcibly || !broker.destroy() || !ended(broker)) {
            broker.destroyForcibly();
            ended(broker);
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new SandboxException("Could not wait for Kafka's end", impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while Kafka was ending", interrupted);
        }
    }

    void signal(String name) {
        long pid = folder.pidFile()
                .server()
                .orElseThrow(() -> new SandboxException("Kafka does not run in " + folder.path() + "."));
        Command.Result sent = Command.run(List.of("kill", "-" + name, Long.toString(pid)));
        if (!sent.succeeded()) {
            throw new SandboxException("Could not send SIG" + name + " to Kafka: " + sent.output());
        }
    }

    private String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(folder.log());
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException none) {
            return "";
        }
    }
}
