package io.millrace.sandbox;

import java.nio.file.Path;
import java.util.OptionalLong;

/** The process id that a PostgreSQL server leaves in its cluster. */
final class PostmasterFile {
    private PostmasterFile() {}

    static PidFile in(Path cluster) {
        return new PidFile(cluster.resolve("postmaster.pid"), "postgres -D " + cluster + " ");
    }

    /** The live server's process id, or empty. */
    static OptionalLong serverOf(Path cluster) {
        return in(cluster).server();
    }

    /** Whether a process is alive and a server of this cluster. */
    static boolean isServerOf(Path cluster, long pid) {
        return in(cluster).isServer(pid);
    }
}
