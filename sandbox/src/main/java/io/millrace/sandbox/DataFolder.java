package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a PostgreSQL server's folder holds: the cluster in {@code data}, the log. */
record DataFolder(ServerFolder owned) {
    private static final String IN_MAKING = "data-in-making-";

    Path path() {
        return owned.path();
    }

    Path cluster() {
        return path().resolve("data");
    }

    Path log() {
        return path().resolve("postgres.log");
    }

    /** Where this owner builds a new cluster: nobody else, not even a killed owner's last child, writes there. */
    Path clusterInMaking() {
        return path().resolve(IN_MAKING + owned.ownerMark());
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
}
