package io.millrace.core.plugin;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Plugins inside the jar that these classes come from, as {@code millrace-plugins/<plugin>/*.jar}: so one jar holds Millrace and,
 * apart from it, its connectors with their libraries.
 */
public final class PackedPlugins {
    private static final String FOLDER = "millrace-plugins";
    private static Path unpacked;

    private PackedPlugins() {}

    /**
     * The folder that they were unpacked to, which the first call in a process does; empty where the jar holds none.
     *
     * @param parent in which the folder is made; it must be there
     */
    public static synchronized Optional<Path> unpack(Path parent) {
        if (unpacked == null && jar().isPresent()) {
            Path folder = parent.toAbsolutePath().resolve(FOLDER);
            try {
                unpack(jar().get(), FOLDER + "/", folder);
            } catch (IOException failed) {
                throw MillraceException.unavailable(
                        "the connectors cannot be unpacked to " + folder + " (" + failed
                                + "); see that its disk has space",
                        failed);
            }
            unpacked = folder;
        }
        return Optional.ofNullable(unpacked);
    }

    /** True of the folder that this process has unpacked them to: it need not be sent to who has the jar. */
    public static synchronized boolean is(Path folder) {
        return folder.toAbsolutePath().equals(unpacked);
    }

    /** The jar that holds plugins and these classes. */
    private static Optional<Path> jar() {
        CodeSource source = PackedPlugins.class.getProtectionDomain().getCodeSource();
        try {
            Path place = Path.of(source.getLocation().toURI());
            if (!Files.isRegularFile(place)) {
                return Optional.empty();
            }
            try (ZipFile jar = new ZipFile(place.toFile())) {
                return Optional.of(place).filter(any -> jar.stream()
                        .anyMatch(entry -> entry.getName().startsWith(FOLDER + "/")));
            }
        } catch (URISyntaxException | IOException impossible) {
            throw new IllegalStateException(source.getLocation() + " cannot be read as a jar", impossible);
        }
    }

    /** Unpacks what a zip file has in one of its folders; files that are there stay. */
    public static void unpack(Path zip, String prefix, Path to) throws IOException {
        Path folder = to.toAbsolutePath().normalize();
        try (ZipFile packed = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> entries = packed.stream()
                    .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
                    .toList();
            for (ZipEntry entry : entries) {
                Path file = folder.resolve(entry.getName().substring(prefix.length()))
                        .normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(entry.getName() + " leads out of the folder");
                }
                Files.createDirectories(file.getParent());
                try (InputStream in = packed.getInputStream(entry)) {
                    Files.copy(in, file);
                } catch (FileAlreadyExistsException ofAnEarlierProcess) {
                    // The same: it came in the same file.
                }
            }
        }
    }
}
