package io.millrace.testkit.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes that a program of ours loads, prepared by the first of its processes that ends well and mapped by those that
 * follow: they start in half the time, and crash tests start hundreds. Thread-safe.
 */
final class ClassArchive {
    /** Otherwise the JVM writes to stdout what it did not archive. */
    private static final List<String> SILENT = List.of("-Xlog:disable", "-Xlog:all=error:stderr");

    private static final Map<String, ClassArchive> BY_MAIN_CLASS = new ConcurrentHashMap<>();

    private final Path file;
    private Optional<Process> maker = Optional.empty();
    private boolean made;

    private ClassArchive(Path file) {
        this.file = file;
    }

    static ClassArchive of(String mainClass) {
        return BY_MAIN_CLASS.computeIfAbsent(mainClass, name -> {
            try {
                Path folder = Files.createTempDirectory("millrace-classes-");
                Path file = folder.resolve(name + ".jsa");
                // In the order opposite to this one.
                folder.toFile().deleteOnExit();
                file.toFile().deleteOnExit();
                return new ClassArchive(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /**
     * Starts a command.
     *
     * @param firstOption the place in it of the JVM's first option
     * @param mayMake false for a process that will not end by itself
     */
    synchronized Process start(ProcessBuilder command, int firstOption, boolean mayMake) throws IOException {
        if (maker.isPresent() && !maker.get().isAlive()) {
            made = maker.get().exitValue() == 0 && Files.exists(file);
            maker = Optional.empty();
        }
        boolean makes = mayMake && !made && maker.isEmpty();
        if (made || makes) {
            command.command().addAll(firstOption, SILENT);
            command.command().add(firstOption, (makes ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=") + file);
        }
        Process process = command.start();
        if (makes) {
            maker = Optional.of(process);
        }
        return process;
    }

    /** The class path of this JVM with a file in each folder's place: the JVM archives nothing out of folders. */
    static String classPath() {
        return ClassPath.WITHOUT_FOLDERS;
    }

    private static final class ClassPath {
        private static final String WITHOUT_FOLDERS =
                JarredFolders.in(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
