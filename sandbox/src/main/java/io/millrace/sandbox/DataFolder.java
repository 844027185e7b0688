package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a PostgreSQL server's folder holds: the cluster in {@code data}, the log. */
final class DataFolder implements AutoCloseable {
    private static final String IN_MAKING = "data-in-making-";

    private final ServerFolder owned;
    private final Path folder;

    private DataFolder(ServerFolder owned) {
        this.owned = owned;
        this.folder = owned.path();
    }

    static DataFolder temporary() throws IOException {
        return new DataFolder(ServerFolder.temporary("PostgreSQL"));
    }

    static DataFolder at(Path folder) throws IOException {
        return new DataFolder(ServerFolder.at("PostgreSQL", folder));
    }

    Path path() {
        return folder;
    }

    ServerFolder owned() {
        return owned;
    }

    Path cluster() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    /** Where this owner builds a new cluster: nobody else, not even a killed owner's last child, writes there. */
    Path clusterInMaking() {
        return folder.resolve(IN_MAKING + owned.ownerMark());
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

    /** Gives the folder free for others; a temporary one is deleted. */
    @Override
    public void close() throws IOException {
        owned.close();
    }
}
