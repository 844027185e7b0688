package io.millrace.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds golden cases among the resources, in folders and in jars. */
public final class GoldenCases {
    private GoldenCases() {}

    /** The cases of every file {@code golden/<step>/*.yaml} on the class path, in the order of the files' names. */
    public static List<GoldenCase> all() {
        try {
            List<GoldenCase> cases = new ArrayList<>();
            List<URL> roots =
                    Collections.list(GoldenCases.class.getClassLoader().getResources("golden"));
            for (URL root : roots) {
                cases.addAll(under(root.toURI()));
            }
            return cases;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<GoldenCase> under(URI root) throws IOException {
        if (!root.getScheme().equals("jar")) {
            return in(Path.of(root));
        }
        URI jar = URI.create(root.toString().substring(0, root.toString().indexOf('!')));
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
            return in(files.getPath("golden"));
        }
    }

    private static List<GoldenCase> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.walk(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        List<GoldenCase> cases = new ArrayList<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            cases.addAll(GoldenFile.read(name, Files.readString(file)));
        }
        return cases;
    }
}
