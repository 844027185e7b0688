package io.millrace.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An installation of Spark, made of the jars that Maven has, and nothing of Millrace in it: what Millrace needs beside Spark must
 * be in its own jar.
 */
public record SparkHome(Path folder) {
    private static final Path ENGINE =
            Path.of("..", "spark", "target").toAbsolutePath().normalize();
    /** Of the engine's class path, what Spark does not bring. */
    private static final List<String> NOT_SPARKS =
            List.of("millrace-", "re2j-", "snakeyaml-", "trino-parser-", "uap-java-");

    /** Makes one among what the build makes. */
    public static SparkHome make() {
        Path home = Path.of("target", "spark-home").toAbsolutePath();
        try {
            Files.createDirectories(home.resolve("conf"));
            Path jars = Files.createDirectories(home.resolve("jars"));
            for (String entry :
                    Files.readString(ENGINE.resolve("class-path")).strip().split(File.pathSeparator)) {
                Path jar = Path.of(entry);
                String name = jar.getFileName().toString();
                if (name.endsWith(".jar")
                        && NOT_SPARKS.stream().noneMatch(name::startsWith)
                        && !Files.exists(jars.resolve(name))) {
                    Files.createSymbolicLink(jars.resolve(name), jar);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new SparkHome(home);
    }

    /** The jar that the build has made for spark-submit. */
    static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> jars = files.filter(file ->
                            file.getFileName().toString().matches("millrace-spark-submit-[^-]+(-SNAPSHOT)?\\.jar"))
                    .toList();
            assertThat(jars).as("mvn package makes it").hasSize(1);
            return jars.get(0).toAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the page about the engine tells users of a standalone cluster to set. */
    static Path clusterSettings() {
        return Path.of("standalone-cluster.conf").toAbsolutePath();
    }

    /** The value of one of these settings. */
    static String clusterSetting(String name) {
        try (Stream<String> lines = Files.lines(clusterSettings())) {
            return lines.filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A Java program of Spark's, as its own scripts start it; quick to start. */
    ProcessBuilder program(String main, List<String> options, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of(clusterSetting("spark.driver.extraJavaOptions").split(" ")));
        words.addAll(options);
        words.addAll(List.of("-cp", folder.resolve("conf") + ":" + folder.resolve("jars") + "/*", main));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SPARK_HOME", folder.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder;
    }
}
