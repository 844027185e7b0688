package io.millrace.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.core.airflow.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * {@code spark-submit} of the jar that the build has made.
 *
 * @param cluster where the driver is to be one of the cluster's processes; null: the driver is this command
 * @param variables of its environment
 */
public record Submission(
        SparkHome home, String master, SparkCluster cluster, Path folder, Map<String, String> variables) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** To Spark in one process. */
    public static Submission local(SparkHome home, Path folder, Map<String, String> variables) {
        return new Submission(home, "local[2]", null, folder, variables);
    }

    /** To a cluster, the driver here. */
    public static Submission client(SparkHome home, SparkCluster to, Path folder, Map<String, String> variables) {
        return new Submission(home, to.master(), null, folder, variables);
    }

    /** To a cluster that runs the driver too. */
    public static Submission cluster(SparkHome home, SparkCluster to, Path folder, Map<String, String> variables) {
        return new Submission(home, to.master(), to, folder, variables);
    }

    /** What came of it. */
    public record Ended(int code, String output, String errors) {
        /** The report, which is printed last; fails where the command has failed. */
        public JsonNode report() {
            assertThat(code).as("%s%n%s", errors, output).isZero();
            String[] lines = output.strip().split("\n");
            try {
                return new ObjectMapper().readTree(lines[lines.length - 1]);
            } catch (IOException notJson) {
                throw new AssertionError(output + errors, notJson);
            }
        }
    }

    /** A started command, its output in files. */
    record Started(Submission submission, Process process, Path output, Path errors) {
        Ended await() {
            try {
                boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                assertThat(ended)
                        .as(() -> "ended in time; stderr: " + text(errors))
                        .isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            SparkCluster cluster = submission.cluster;
            return cluster == null
                    ? new Ended(process.exitValue(), text(output), text(errors))
                    : new Ended(
                            process.exitValue(),
                            cluster.driverOutput("stdout"),
                            text(errors) + cluster.driverOutput("stderr"));
        }

        void awaitErrors(String text) {
            Awaitility.await().atMost(PATIENCE).until(() -> text(errors).contains(text) || !process.isAlive());
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** The command of Millrace, to its end. */
    public Ended run(String... arguments) {
        return start(List.of(), arguments).await();
    }

    /** Another main class of the jar, to its end. */
    Ended runClass(String main, String... arguments) {
        return start(main, List.of(), arguments).await();
    }

    /** @param options of the driver's JVM, where that is this command's */
    Started start(List<String> options, String... arguments) {
        return start(Workers.SparkSubmit.MAIN_CLASS, options, arguments);
    }

    private Started start(String main, List<String> options, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--master", master, "--class", main));
        if (cluster != null) {
            words.addAll(List.of("--deploy-mode", "cluster", "--driver-memory", "600m"));
            words.addAll(
                    List.of("--properties-file", SparkHome.clusterSettings().toString()));
        }
        words.addAll(List.of("--conf", "spark.executor.memory=600m"));
        words.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        words.addAll(List.of("--conf", "spark.ui.enabled=false"));
        words.add(SparkHome.jar().toString());
        words.addAll(List.of(arguments));
        List<String> own = new ArrayList<>(options);
        own.add("-Xmx512m");
        try {
            Path output = Files.createTempFile(folder, "submitted", ".out");
            Path errors = Files.createTempFile(folder, "submitted", ".err");
            ProcessBuilder builder = home.program("org.apache.spark.deploy.SparkSubmit", own, words)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(variables);
            return new Started(this, builder.start(), output, errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
