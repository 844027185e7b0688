package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.Lineage;
import io.millrace.formats.parquet.partitioned.SafeName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The keys of a target in S3. What is no data lies under {@code .millrace/}, which readers pass over. */
final class RemoteLayout {
    static final String PRIVATE = ".millrace/";
    static final String PENDING = PRIVATE + "pending/";
    static final String COMMITS = PRIVATE + "commits/";
    static final String SUCCESS = "_SUCCESS";

    /** The most bytes of a key that S3 takes. */
    static final int LONGEST_KEY = 1024;

    private static final int MARK_BYTES = 6;

    private RemoteLayout() {}

    /** The lineage's log: one object for each entry, its number as its name. */
    static String log(Lineage lineage) {
        return PRIVATE + "log/" + TargetFolder.name(lineage) + "/";
    }

    static String entry(Lineage lineage, long number) {
        return log(lineage) + String.format("%019d.json", number);
    }

    /** Says that a commit may be under way. */
    static String pending(CommitId id) {
        return PENDING + name(id);
    }

    /** Says that a commit is complete. */
    static String committed(CommitId id) {
        return COMMITS + name(id);
    }

    /** Says that the commit is complete which this object says may be under way. */
    static String committedBy(String pending) {
        return COMMITS + pending.substring(PENDING.length());
    }

    private static String name(CommitId id) {
        return commitsOf(id.lineage()) + id.sequence() + "~" + SafeName.of(id.unit());
    }

    /** How the names of a lineage's commits begin. */
    static String commitsOf(Lineage lineage) {
        return TargetFolder.name(lineage) + "~";
    }

    /** Stands in the names of a lineage's data files, and so of its uploads. */
    static String mark(Lineage lineage) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(TargetFolder.name(lineage).getBytes(StandardCharsets.UTF_8));
            return "-" + HexFormat.of().formatHex(digest, 0, MARK_BYTES) + "-";
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
