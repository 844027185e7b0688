package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Spark with Delta in a process of its own, where its jars have been fetched. */
record Spark(Path libraries) {
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar");

    /** Empty, and said so, where the jars are missing. */
    static Optional<Spark> find() throws IOException {
        Path folder = Path.of(System.getProperty("millrace.spark.lib", "../../bench/target/spark-lib"))
                .toAbsolutePath()
                .normalize();
        if (Files.isDirectory(folder)) {
            try (var jars = Files.list(folder)) {
                if (jars.anyMatch(jar -> jar.getFileName().toString().startsWith("delta-spark"))) {
                    return Optional.of(new Spark(folder));
                }
            }
        }
        System.out.println("SKIP: Spark's Delta is not in " + folder
                + "; mvn -P bench -pl bench/spark package -DskipTests fetches it");
        return Optional.empty();
    }

    /** Runs statements on a table; what the last SELECT answered, as JSON lines. */
    List<String> run(Path table, String... statements) throws Exception {
        Path answer = Files.createTempFile("spark", ".json");
        Path log = Files.createTempFile("spark", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        OPENED.forEach(opened -> command.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED")));
        command.addAll(List.of(
                "-cp",
                libraries + "/*",
                Path.of("src/test/spark/SparkDelta.java").toAbsolutePath().toString(),
                table.toString(),
                answer.toString()));
        command.addAll(List.of(statements));
        Process process = new ProcessBuilder(command)
                .directory(Files.createTempDirectory("spark").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(() -> read(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(answer);
    }

    private static String read(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> !line.contains(" INFO "))
                    .collect(Collectors.joining("\n"));
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
