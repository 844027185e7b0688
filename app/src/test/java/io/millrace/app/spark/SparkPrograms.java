package io.millrace.app.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Java programs on Spark's class path, with the connectors as a plugin, as the launcher starts them. */
final class SparkPrograms {
    private static final Path ENGINE =
            Path.of("..", "engines", "spark", "target").toAbsolutePath().normalize();
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
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");
    /** What the command has on Spark's class path; all else of the connectors comes as a plugin. */
    private static final List<String> ON_CLASS_PATH = List.of("picocli-", "sqlite-jdbc-");

    private static final List<String> NO_PLUGIN = List.of(
            "/api/target/",
            "/core/target/",
            "/app/target/",
            "/sandbox/target/",
            "/features/target/",
            "/testkit/target/",
            "junit",
            "duckdb",
            "assertj",
            "byte-buddy",
            "archunit",
            "awaitility",
            "embedded-",
            "kafka_2",
            "antlr4-",
            "trino-parser-");

    private final Path plugins;

    private SparkPrograms(Path plugins) {
        this.plugins = plugins;
    }

    /** Skips the test where the engine was not built: Maven builds it before this module, unless told to leave it out. */
    static SparkPrograms prepare(Path folder) {
        boolean built = Files.exists(ENGINE.resolve("class-path"));
        if (!built) {
            System.out.println(
                    "SKIP: engines/spark is not built; run mvn verify, or mvn package -pl engines/spark -am");
        }
        assumeTrue(built, "engines/spark is not built");
        Path connectors = folder.resolve("plugins").resolve("connectors");
        try {
            Files.createDirectories(connectors);
            int number = 0;
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (!has(entry, NO_PLUGIN) && !has(entry, ON_CLASS_PATH) && Files.exists(Path.of(entry))) {
                    Path source = Path.of(entry).toAbsolutePath();
                    Path jar = connectors.resolve(number++ + "-" + jarName(source));
                    if (Files.isDirectory(source)) {
                        pack(source, jar);
                    } else {
                        Files.createSymbolicLink(jar, source);
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new SparkPrograms(folder.resolve("plugins"));
    }

    private static boolean has(String entry, List<String> parts) {
        return parts.stream().anyMatch(entry::contains);
    }

    private static String jarName(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(".jar") ? name : "classes.jar";
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** Spark's own jars. */
    static List<Path> sparkJars() {
        try {
            return Stream.of(Files.readString(ENGINE.resolve("class-path"))
                            .strip()
                            .split(File.pathSeparator))
                    .filter(entry -> entry.endsWith(".jar") && !entry.contains("millrace"))
                    .map(Path::of)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The start of every command line. */
    static List<String> java(String... options) {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+IgnoreUnrecognizedVMOptions"));
        words.add("-Djdk.reflect.useDirectMethodHandle=false");
        OPENED.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(List.of(options));
        return words;
    }

    /** The command with these arguments. */
    List<String> millrace(List<String> options, String... arguments) {
        List<String> words = java(options.toArray(String[]::new));
        words.add("-Xmx512m");
        words.add("-Dlog4j2.configurationFile=millrace-log4j2.properties");
        words.add("-Dmillrace.connectors=" + plugins);
        words.addAll(List.of("-cp", classPath(), "io.millrace.app.Millrace"));
        words.addAll(List.of(arguments));
        return words;
    }

    private static String classPath() {
        List<String> path = new ArrayList<>(List.of(ENGINE.resolve("classes").toString()));
        try {
            path.add(Files.readString(ENGINE.resolve("class-path")).strip());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("/app/target/classes")
                    || entry.contains("/sandbox/target/")
                    || entry.contains("/features/target/")
                    || has(entry, ON_CLASS_PATH)) {
                path.add(entry);
            }
        }
        return String.join(File.pathSeparator, path);
    }
}
