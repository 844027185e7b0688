package io.millrace.engines.spark.batch;

import io.millrace.api.MillraceException;
import io.millrace.core.engine.EngineFactory.Request;
import io.millrace.core.plugin.PackedPlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;

/**
 * Plugins that were sent to every machine, as one file, beside those in the jar that was submitted. An executor unpacks them once.
 *
 * @param file its name among Spark's files
 */
record SentPlugins(String file) implements CatalogSource {
    private static final String NAME = "millrace-plugins.zip";
    private static final Map<String, Found> FOUND = new ConcurrentHashMap<>();

    /** Of two folders with plugins of one name, the earlier one's counts. */
    static SentPlugins send(SparkContext spark, Request request) {
        try {
            Path folder = Files.createTempDirectory("millrace-plugins");
            Path zip = folder.resolve(NAME);
            zip.toFile().deleteOnExit();
            pack(request.pluginFolders(), zip);
            spark.addFile(zip.toUri().toString());
            return new SentPlugins(NAME);
        } catch (IOException | UncheckedIOException failed) {
            throw MillraceException.denied("the plugins cannot be sent to Spark's workers (" + failed + ")", failed);
        }
    }

    private static void pack(List<Path> folders, Path zip) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            // Jars are compressed already.
            out.setLevel(Deflater.NO_COMPRESSION);
            Set<String> taken = new HashSet<>();
            for (Path folder : folders) {
                for (Path plugin : PackedPlugins.is(folder) ? List.<Path>of() : entries(folder)) {
                    String name = plugin.getFileName().toString();
                    if (Files.isDirectory(plugin) && !name.startsWith(".") && taken.add(name)) {
                        for (Path jar : entries(plugin)) {
                            if (jar.toString().endsWith(".jar")) {
                                out.putNextEntry(new ZipEntry(name + "/" + jar.getFileName()));
                                Files.copy(jar, out);
                            }
                        }
                    }
                }
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    @Override
    public Found find() {
        return FOUND.computeIfAbsent(file, name -> {
            Path zip = Path.of(SparkFiles.get(name));
            Path folder = zip.resolveSibling("millrace-sent-plugins");
            try {
                Files.createDirectories(folder);
                PackedPlugins.unpack(zip, "", folder);
            } catch (IOException failed) {
                throw MillraceException.unavailable(
                        "the plugins cannot be unpacked to " + folder + " (" + failed
                                + "); see that the worker's disk has space",
                        failed);
            }
            List<String> folders = new ArrayList<>(List.of(folder.toString()));
            PackedPlugins.unpack(zip.getParent()).map(Path::toString).ifPresent(folders::add);
            return PluginCatalog.load(folders);
        });
    }
}
