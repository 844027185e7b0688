package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of one PostgreSQL server: the cluster in {@code data}, the log, the superuser's password. */
final class DataFolder implements AutoCloseable {
    private static final String SERVER = "PostgreSQL";
    private static final String IN_MAKING = "data-in-making-";

    private final ServerFolder folder;

    private DataFolder(ServerFolder folder) {
        this.folder = folder;
    }

    static DataFolder temporary() throws IOException {
        return new DataFolder(ServerFolder.temporary(SERVER));
    }

    static DataFolder at(Path folder) throws IOException {
        return new DataFolder(ServerFolder.at(folder, SERVER));
    }

    ServerFolder owned() {
        return folder;
    }

    Path path() {
        return folder.path();
    }

    Path cluster() {
        return path().resolve("data");
    }

    Path log() {
        return path().resolve("postgres.log");
    }

    Path passwordFile() {
        return folder.passwordFile();
    }

    /** Where this owner builds a new cluster: nobody else, not even a killed owner's last child, writes there. */
    Path clusterInMaking() {
        return path().resolve(IN_MAKING + folder.ownerMark());
    }

    /** Deletes what killed owners left half made, as far as none of their children still works on it. */
    void deleteHalfMade() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path(), IN_MAKING + "*")) {
            for (Path cluster : left) {
                try {
                    Folders.deleteRecursively(cluster);
                } catch (DirectoryNotEmptyException stillWrittenTo) {
                    // The next start deletes it.
                }
            }
        }
    }

    /** The superuser's password. */
    String password() throws IOException {
        return folder.password();
    }

    /** Gives the folder free for others; a temporary one is deleted. */
    @Override
    public void close() throws IOException {
        folder.close();
    }
}
