package io.millrace.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked once into a cache folder and shared by all later starts.
 *
 * <p>An archive is unpacked beside its final place and then renamed, so a folder of the final name is always whole,
 * and of two processes that unpack at once the slower one uses the faster one's result.
 */
final class PostgresBinaries {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    private static final String UNPACKING = ".unpacking-";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** {@code millrace} in the user's cache folder; system property {@code millrace.sandbox.cache} overrides it. */
    static Path defaultCache() {
        String chosen = System.getProperty("millrace.sandbox.cache");
        if (chosen != null) {
            return Path.of(chosen);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("millrace");
    }

    static PostgresBinaries in(Path cache) {
        String archive = Platform.current().archive();
        try {
            Files.createDirectories(cache);
            String name = archive.substring(0, archive.indexOf('.')) + "-" + digest(archive);
            Path home = cache.toRealPath().resolve(name);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpack(archive, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException failure) {
            throw new SandboxException(
                    "Could not unpack the embedded PostgreSQL into " + cache + ": " + failure
                            + ". Choose a writable folder with -Dmillrace.sandbox.cache=FOLDER.",
                    failure);
        }
    }

    private static void unpack(String archive, Path home) throws IOException {
        deleteAbandoned(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), UNPACKING);
        try {
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(open(archive)), 1 << 16))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    extract(tar, entry, fresh);
                }
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            moveInto(fresh, home);
        } finally {
            Folders.deleteRecursively(fresh);
        }
    }

    /** Deletes what killed processes left half unpacked; nobody unpacks for an hour. */
    private static void deleteAbandoned(Path cache) throws IOException {
        Instant old = Instant.now().minus(Duration.ofHours(1));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(cache, UNPACKING + "*")) {
            for (Path folder : left) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                    Folders.deleteRecursively(folder);
                }
            }
        }
    }

    private static void moveInto(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home);
            LOG.debug("Unpacked PostgreSQL into {}", home);
        } catch (IOException failure) {
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw failure;
            }
            LOG.debug("Another process has unpacked PostgreSQL into {} meanwhile", home);
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive's entry " + entry.getName() + " leaves its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open(String archive) throws IOException {
        InputStream bytes = PostgresBinaries.class.getResourceAsStream("/" + archive);
        if (bytes == null) {
            throw new IOException("/" + archive + " is not on the class path; the Maven profile of this platform"
                    + " (sandbox/pom.xml) must be active");
        }
        return bytes;
    }

    private static String digest(String archive) throws IOException {
        try (InputStream bytes = open(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
