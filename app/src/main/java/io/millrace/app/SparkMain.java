package io.millrace.app;

import io.millrace.core.plugin.PackedPlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entry point of the jar for {@code spark-submit}: the same commands, with the engine spark where nothing else is said. What
 * runs here is the driver.
 */
public final class SparkMain {
    private static final String CONNECTORS = "millrace.connectors";
    private static final String ENGINE = "MILLRACE_ENGINE";
    private static final int WRONG_USAGE = 2;
    /** One of the packages for each that Spark opens itself, where it starts the driver. */
    private static final List<String> OPENED = List.of("java.lang", "java.nio", "java.util", "sun.nio.ch");

    private SparkMain() {}

    /** Runs a command; ends the process with its exit code, as far as the cluster lets a driver do so. */
    public static void main(String[] arguments) {
        requireOpenModules();
        if (System.getProperty(CONNECTORS) == null) {
            PackedPlugins.unpack(temporaryFolder())
                    .ifPresent(folder -> System.setProperty(CONNECTORS, folder.toString()));
        }
        registerDrivers();
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putIfAbsent(ENGINE, "spark");
        int exitCode = Millrace.execute(variables, arguments);
        // To YARN a driver that ends itself has failed, whatever its exit code.
        if (exitCode != 0 || !isApplicationMaster()) {
            System.exit(exitCode);
        }
    }

    private static boolean isApplicationMaster() {
        return "yarn".equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    }

    /** Where Spark itself starts the driver by spark-submit, they are open; a standalone cluster's worker does not open them. */
    private static void requireOpenModules() {
        Module base = Object.class.getModule();
        List<String> closed = OPENED.stream()
                .filter(name -> !base.isOpen(name, SparkMain.class.getModule()))
                .toList();
        if (!closed.isEmpty()) {
            System.err.println("error: Spark needs "
                    + closed.stream().map(name -> "java.base/" + name).collect(Collectors.joining(", "))
                    + " opened in the driver; submit with --conf spark.driver.extraJavaOptions as"
                    + " docs/engines/spark.md shows for standalone clusters");
            System.exit(WRONG_USAGE);
        }
    }

    /** The ledger's; what is on the class path is not seen by who looks for drivers here. */
    private static void registerDrivers() {
        for (String driver : List.of("org.sqlite.JDBC", "org.postgresql.Driver")) {
            try {
                Class.forName(driver);
            } catch (ClassNotFoundException missing) {
                throw new IllegalStateException("the jar is incomplete: " + driver, missing);
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("millrace-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException left) {
            // It lies among the temporary files.
        }
    }
}
