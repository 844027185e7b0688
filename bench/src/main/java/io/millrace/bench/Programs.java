package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Command lines of the programs that are compared. */
final class Programs {
    /** As org.apache.spark.launcher.JavaModuleOptions lists them. */
    private static final List<String> SPARK_OPENS = List.of(
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

    private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private final Path home;
    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** @param home the folder of the checkout */
    Programs(Path home) {
        this.home = home;
    }

    /** The launcher's run command, JSON on standard output. */
    List<String> millrace(Path pipeline, List<String> overrides) {
        List<String> words =
                new ArrayList<>(List.of(home.resolve("millrace").toString(), "run", pipeline.toString(), "--json"));
        for (String override : overrides) {
            words.addAll(List.of("--set", override));
        }
        return words;
    }

    /** The launcher's command for a built-in view. */
    List<String> features(String view) {
        return List.of(home.resolve("millrace").toString(), "features", "builtin:" + view);
    }

    /** One of our own main classes, on the launcher's class path and with its JVM options. */
    List<String> onLauncher(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(java));
        words.addAll(launcherOptions());
        words.addAll(classPath(main, home.resolve("app/target/lib") + "/*:" + classes()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** One of our own main classes, with a heap like any program's. */
    List<String> plain(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(java, "-XX:+UseParallelGC", "-Xmx2g"));
        words.addAll(classPath(main, classes() + ":" + home.resolve("bench/target/lib") + "/*"));
        words.addAll(List.of(arguments));
        return words;
    }

    /** A main class of the Spark module on Spark's own class path. */
    List<String> spark(String main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(java, "-XX:+UseParallelGC", "-Xmx4g"));
        SPARK_OPENS.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.add("-Djdk.reflect.useDirectMethodHandle=false");
        words.addAll(List.of(
                "-cp",
                home.resolve("bench/spark/target/classes") + ":" + home.resolve("bench/target/spark-lib") + "/*",
                "io.millrace.bench.spark." + main));
        words.addAll(List.of(arguments));
        return words;
    }

    /** A tool of Kafka, with the JVM options of its own starter. */
    List<String> kafkaTool(String main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                java,
                "-Xmx512M",
                "-server",
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=20",
                "-XX:InitiatingHeapOccupancyPercent=35",
                "-cp",
                home.resolve("bench/target/lib") + "/*",
                main));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Whether a program of this name is on the path. */
    static boolean isInstalled(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }

    boolean hasSpark() {
        return Files.isDirectory(home.resolve("bench/target/spark-lib"));
    }

    private Path classes() {
        return home.resolve("bench/target/classes");
    }

    private static List<String> classPath(Class<?> main, String path) {
        return List.of("-cp", path, main.getName());
    }

    /** Taken from the launcher itself, so that both stay the same. */
    private List<String> launcherOptions() {
        try {
            String launcher = Files.readString(home.resolve("millrace"));
            List<String> options = new ArrayList<>();
            List<String> arrays = new ArrayList<>(List.of("command=\\(\"\\$java\" ([^)]*)\\)", "tuning=\\(([^)]*)\\)"));
            if (Runtime.getRuntime().availableProcessors() <= 2) {
                arrays.add("few_processors=\\(([^)]*)\\)");
            }
            if (Files.isReadable(LARGE_PAGES) && Files.readString(LARGE_PAGES).contains("[madvise]")) {
                arrays.add("large_pages=\\(([^)]*)\\)");
            }
            for (String words : arrays) {
                Matcher found = Pattern.compile(words).matcher(launcher);
                if (found.find()) {
                    options.addAll(List.of(found.group(1).strip().split("\\s+")));
                }
            }
            if (options.stream().noneMatch(option -> option.startsWith("-XX:+Use"))) {
                throw new BenchFailure("The launcher's JVM options were not found");
            }
            return options;
        } catch (IOException failed) {
            throw new BenchFailure("The launcher could not be read: " + failed.getMessage());
        }
    }
}
