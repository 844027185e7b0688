package io.millrace.sandbox;

import java.nio.file.Path;
import java.util.OptionalLong;

/** The process id that PostgreSQL leaves in its cluster. */
final class PostmasterFile {
    private PostmasterFile() {}

    static ServerMark of(Path cluster) {
        return new ServerMark(cluster.resolve("postmaster.pid"), "postgres -D " + cluster + " ");
    }

    /** The live server's process id, or empty. */
    static OptionalLong serverOf(Path cluster) {
        return of(cluster).live();
    }

    /** Whether a process is alive and a server of this cluster. */
    static boolean isServerOf(Path cluster, long pid) {
        return of(cluster).matches(pid);
    }
}
