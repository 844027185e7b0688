package io.millrace.testkit.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources with this JDK, against the class path of the test, and puts them into a jar. */
public final class PluginJar {
    private PluginJar() {}

    /** Compiles all sources below a folder to class files below another. An AssertionError tells what does not compile. */
    public static void compile(Path sources, Path classes, Path... libraries) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        for (Path library : libraries) {
            classPath.append(java.io.File.pathSeparatorChar).append(library);
        }
        List<String> options = List.of(
                "-d", classes.toString(), "-cp", classPath.toString(), "--release", "17", "-proc:none", "-Xlint:all");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(classes);
            List<Path> found = files(sources).stream()
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
            if (found.isEmpty()) {
                return;
            }
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(found))
                    .call();
            if (!compiled) {
                throw new AssertionError(messages);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts everything below these folders into a jar with these attributes in its manifest. */
    public static void pack(Path jar, Map<String, String> attributes, Path... folders) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        try {
            Files.createDirectories(jar.getParent());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (Path folder : folders) {
                    for (Path file : files(folder)) {
                        out.putNextEntry(
                                new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                        Files.copy(file, out);
                        out.closeEntry();
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A jar of sources and other files given as texts by their path, {@code com/example/Shout.java} for instance. */
    public static void of(Path jar, Map<String, String> attributes, Map<String, String> files) {
        try {
            Path work = Files.createTempDirectory(
                    Files.createDirectories(jar.getParent().getParent()), ".work");
            Path sources = Files.createDirectories(work.resolve("sources"));
            Path classes = Files.createDirectories(work.resolve("classes"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path to = (file.getKey().endsWith(".java") ? sources : classes).resolve(file.getKey());
                Files.createDirectories(to.getParent());
                Files.writeString(to, file.getValue());
            }
            compile(sources, classes);
            pack(jar, attributes, classes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return new ArrayList<>(entries.filter(Files::isRegularFile).sorted().toList());
        }
    }
}
