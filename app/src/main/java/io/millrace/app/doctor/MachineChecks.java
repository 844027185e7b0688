package io.millrace.app.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.api.ErrorKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at the machine: Java, memory, processors, file handles, the temporary folder, what engines need. */
public final class MachineChecks {
    private static final int LEAST_JAVA = 17;
    private static final long LITTLE_HEAP = 512L << 20;
    private static final long FEW_HANDLES = 1024;
    private static final long GIGABYTE = 1L << 30;
    private static final long MEGABYTE = 1L << 20;

    private MachineChecks() {}

    /** All of them. */
    public static List<Check> all() {
        List<Check> checks = new ArrayList<>(List.of(java(), memory(), processors(), names()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            checks.add(handles(system.getMaxFileDescriptorCount()));
        }
        checks.add(temporaryFolder(Path.of(System.getProperty("java.io.tmpdir"))));
        String home = System.getProperty("millrace.home");
        if (home != null) {
            checks.add(engines(Path.of(home), System.getenv().getOrDefault("PATH", "")));
        }
        return checks;
    }

    private static Check java() {
        Runtime.Version version = Runtime.version();
        String found = version + " of " + System.getProperty("java.vendor") + " in " + System.getProperty("java.home");
        return version.feature() < LEAST_JAVA
                ? Check.failed(
                        "java", ErrorKind.DENIED, found + "; Java " + LEAST_JAVA + " or newer is needed: set JAVA_HOME")
                : Check.ok("java", found);
    }

    private static Check memory() {
        long heap = Runtime.getRuntime().maxMemory();
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        String found = heap / MEGABYTE + " MB for the command, of " + machine / MEGABYTE + " MB of the machine";
        return heap < LITTLE_HEAP
                ? Check.warning(
                        "memory", found + "; that is little for keys to deduplicate by: set MILLRACE_JAVA_OPTS=-Xmx1g")
                : Check.ok("memory", found);
    }

    private static Check processors() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Check.ok("processors", processors + (processors == 1 ? ", so one split at a time" : ""));
    }

    private static Check names() {
        String encoding = System.getProperty("sun.jnu.encoding", "unknown");
        return encoding.toUpperCase(Locale.ROOT).matches("UTF-?8")
                ? Check.ok("file names", encoding)
                : Check.warning(
                        "file names",
                        "are " + encoding
                                + ", which cannot hold every name; set LC_ALL=C.UTF-8 or another UTF-8 locale");
    }

    static Check handles(long most) {
        return most < FEW_HANDLES
                ? Check.warning(
                        "open files",
                        "at most " + most + "; Spark, Flink and many partitions need more: ulimit -n 4096")
                : Check.ok("open files", "at most " + most);
    }

    static Check temporaryFolder(Path folder) {
        try {
            Path file = Files.createTempFile(folder, "millrace-doctor", ".tmp");
            Files.writeString(file, "x", StandardCharsets.UTF_8);
            Files.delete(file);
            long free = Files.getFileStore(folder).getUsableSpace();
            return free < GIGABYTE
                    ? Check.warning(
                            "temporary folder",
                            folder + " has " + free / MEGABYTE + " MB free; make room, or set"
                                    + " MILLRACE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER")
                    : Check.ok("temporary folder", folder + ", " + free / GIGABYTE + " GB free");
        } catch (IOException failed) {
            return Check.failed(
                    "temporary folder",
                    ErrorKind.DENIED,
                    folder + " cannot be written (" + failed + "); set MILLRACE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
        }
    }

    /** Engines that are not built yet are built at their first use. */
    static Check engines(Path home, String path) {
        List<String> built = new ArrayList<>(List.of("local"));
        List<String> missing = new ArrayList<>();
        for (String engine : List.of("spark", "flink")) {
            // Built in a clone, or brought along by a distribution.
            boolean there = Files.exists(home.resolve("engines/" + engine + "/target/.built"))
                    || Files.isDirectory(home.resolve("lib/" + engine));
            (there ? built : missing).add(engine);
        }
        String found = String.join(", ", built)
                + (missing.isEmpty() ? "" : "; " + String.join(" and ", missing) + " would be fetched at first use");
        return missing.isEmpty() || onPath("mvn", path)
                ? Check.ok("engines", found)
                : Check.warning("engines", found + ", which needs Maven on the path");
    }

    private static boolean onPath(String program, String path) {
        for (String folder : path.split(":")) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
