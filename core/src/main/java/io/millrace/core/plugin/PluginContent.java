package io.millrace.core.plugin;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What a plugin's jars hold, by which changed code is told from the same code built again: names and bytes of the entries.
 * Their times, their order and how they are packed do not count, nor do Maven's notes about the build.
 */
final class PluginContent {
    private static final String BUILD_NOTES = "META-INF/maven/";

    private PluginContent() {}

    /** SHA-256 in hex by the name of the jar; a user error where one cannot be read. */
    static SortedMap<String, String> hashes(String plugin, Path folder) {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                hashes.put(jar.getFileName().toString(), hash(jar));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw new MillraceException(
                    ErrorKind.USER,
                    "plugin '" + plugin + "': its jars in " + folder + " cannot be read (" + unreadable.getMessage()
                            + ")",
                    unreadable);
        }
        return hashes;
    }

    private static String hash(Path jar) throws IOException {
        MessageDigest all = sha256();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith(BUILD_NOTES))
                    .sorted(Comparator.comparing(JarEntry::getName))
                    .toList();
            for (JarEntry entry : entries) {
                MessageDigest one = sha256();
                try (InputStream bytes = new DigestInputStream(file.getInputStream(entry), one)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
                all.update(entry.getName().getBytes(StandardCharsets.UTF_8));
                all.update((byte) 0);
                all.update(one.digest());
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
