package io.millrace.testkit.crash;

import io.millrace.api.Failpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Java program to be started as a process of its own, with this JVM's Java and class path (folders of it as files).
 * Immutable: each {@code with…} gives a changed copy. Safe for use by several threads.
 */
public final class ChildJvm {
    /** What an armed failpoint does, see {@link Failpoint}. */
    public enum Action {
        KILL,
        THROW,
        HANG
    }

    private final String mainClass;
    private final List<String> options;
    private final List<String> arguments;
    private final List<String> wrapper;
    private final Map<String, String> environment;
    private final Path directory;

    private ChildJvm(
            String mainClass,
            List<String> options,
            List<String> arguments,
            List<String> wrapper,
            Map<String, String> environment,
            Path directory) {
        this.mainClass = mainClass;
        this.options = List.copyOf(options);
        this.arguments = List.copyOf(arguments);
        this.wrapper = List.copyOf(wrapper);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /** The program with this main class, in this JVM's working directory and environment; quick to start, modest in memory. */
    public static ChildJvm of(String mainClass) {
        List<String> quick = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
        return new ChildJvm(
                mainClass, quick, List.of(), List.of(), Map.of(), Path.of("").toAbsolutePath());
    }

    /** With these arguments behind those it has. */
    public ChildJvm withArguments(String... more) {
        return new ChildJvm(mainClass, options, joined(arguments, List.of(more)), wrapper, environment, directory);
    }

    /** With these options of the JVM behind those it has. */
    public ChildJvm withOptions(String... more) {
        return new ChildJvm(mainClass, joined(options, List.of(more)), arguments, wrapper, environment, directory);
    }

    /** With this variable in its environment. */
    public ChildJvm withVariable(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new ChildJvm(mainClass, options, arguments, wrapper, more, directory);
    }

    /** In this working directory. */
    public ChildJvm in(Path workingDirectory) {
        return new ChildJvm(mainClass, options, arguments, wrapper, environment, workingDirectory);
    }

    /** Started by this command, which gets the Java command as its last arguments: strace, unshare and the like. */
    public ChildJvm under(List<String> command) {
        return new ChildJvm(mainClass, options, arguments, command, environment, directory);
    }

    /** Acts when the failpoint is reached for the {@code count}-th time, from 1. */
    public ChildJvm withFailpoint(Failpoint place, int count, Action action) {
        return withOptions("-D" + Failpoint.PROPERTY + "=" + place.label() + ":" + count + ":"
                + action.name().toLowerCase(Locale.ROOT));
    }

    /** Starts it; the caller closes what it gets. */
    public ChildProcess start() {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        int firstOption = command.size();
        command.addAll(options);
        command.addAll(List.of("-cp", ClassArchive.classPath(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(ClassArchive.of(mainClass).start(builder, firstOption, endsByItself()));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start " + command.get(0), failed);
        }
    }

    /** Not by a failpoint, and not slowed down or traced by another program. */
    private boolean endsByItself() {
        return wrapper.isEmpty() && options.stream().noneMatch(option -> option.contains(Failpoint.PROPERTY));
    }

    /** Runs it to its end; fails, and kills it, where that takes longer than {@code patience}. */
    public ChildExit run(Duration patience) {
        try (ChildProcess child = start()) {
            return child.await(patience);
        }
    }

    private static List<String> joined(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
