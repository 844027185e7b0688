package io.millrace.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * One server's folder with its password and the mark of its owner.
 *
 * <p>A lock that the operating system drops with the process says whether an owner lives. The owner's mark, a new one
 * for each start, tells a late watchdog that the folder has passed to somebody else.
 */
final class ServerFolder implements AutoCloseable {
    private final Path folder;
    private final boolean temporary;
    private final String ownerMark = UUID.randomUUID().toString();
    private final FileChannel lockFile;

    private ServerFolder(Path folder, boolean temporary, FileChannel lockFile) {
        this.folder = folder;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    /** A new folder that is deleted on close. */
    static ServerFolder temporary(String server) throws IOException {
        String prefix = "millrace-" + server.toLowerCase(Locale.ROOT) + "-";
        return locked(server, Files.createTempDirectory(prefix).toRealPath(), true);
    }

    /** The named folder, made if absent; {@code server} is the server's name in messages. */
    static ServerFolder at(String server, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return locked(server, folder.toRealPath(), false);
    }

    private static ServerFolder locked(String server, Path folder, boolean temporary) throws IOException {
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
            throw new SandboxException("Another running process uses the " + server + " folder " + folder
                    + ". Wait for its end, or choose another folder.");
        }
        ServerFolder locked = new ServerFolder(folder, temporary, channel);
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

    Path passwordFile() {
        return folder.resolve("password");
    }

    /** The server's password: made at random with the folder, readable by its owner only. */
    String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            // Under its name only when it is whole.
            Path made = folder.resolve("password-in-making");
            Files.deleteIfExists(made);
            Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(made, HexFormat.of().formatHex(random));
            Files.move(made, file);
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
