package io.millrace.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/**
 * One server's folder: the cluster in {@code data}, the log, the superuser's password, and the mark of its owner.
 *
 * <p>A lock that the operating system drops with the process says whether an owner lives. The owner's mark, a new one
 * for each start, tells a late watchdog that the folder has passed to somebody else.
 */
final class DataFolder implements AutoCloseable {
    private static final String IN_MAKING = "data-in-making-";

    private final Path folder;
    private final boolean temporary;
    private final String ownerMark = UUID.randomUUID().toString();
    private final FileChannel lockFile;

    private DataFolder(Path folder, boolean temporary, FileChannel lockFile) {
        this.folder = folder;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    static DataFolder temporary() throws IOException {
        return locked(Files.createTempDirectory("millrace-postgres-").toRealPath(), true);
    }

    static DataFolder at(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return locked(folder.toRealPath(), false);
    }

    private static DataFolder locked(Path folder, boolean temporary) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            // Handled below like a lock of another process.
        }
        if (lock == null) {
            channel.close();
            throw new SandboxException("Another running process uses the PostgreSQL folder " + folder
                    + ". Wait for its end, or choose another folder.");
        }
        DataFolder locked = new DataFolder(folder, temporary, channel);
        Files.writeString(folder.resolve("owner"), locked.ownerMark + "\n");
        return locked;
    }

    Path path() {
        return folder;
    }

    boolean isTemporary() {
        return temporary;
    }

    String ownerMark() {
        return ownerMark;
    }

    Path cluster() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Path passwordFile() {
        return folder.resolve("password");
    }

    /** Where this owner builds a new cluster: nobody else, not even a killed owner's last child, writes there. */
    Path clusterInMaking() {
        return folder.resolve(IN_MAKING + ownerMark);
    }

    /** Deletes what killed owners left half made, as far as none of their children still works on it. */
    void deleteHalfMade() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, IN_MAKING + "*")) {
            for (Path cluster : left) {
                try {
                    Folders.deleteRecursively(cluster);
                } catch (DirectoryNotEmptyException stillWrittenTo) {
                    // The next start deletes it.
                }
            }
        }
    }

    /** The superuser's password: made at random with the folder, readable by its owner only. */
    String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    /** Gives the folder free for others; a temporary one is deleted. */
    @Override
    public void close() throws IOException {
        if (temporary) {
            Folders.deleteRecursively(folder);
        }
        lockFile.close();
    }
}
