package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.formats.parquet.partitioned.SafeName;
import java.nio.file.Path;

/**
 * The places of a target folder. What is not yet, or no longer, data lies under {@code .millrace}, in files whose names no
 * {@code *.parquet} pattern matches.
 */
record TargetFolder(Path root) {
    static final String PRIVATE = ".millrace";
    static final String SUCCESS = "_SUCCESS";

    Path privateFolder() {
        return root.resolve(PRIVATE);
    }

    Path lock() {
        return privateFolder().resolve("lock");
    }

    /** Holds the last epoch handed out. */
    Path epoch() {
        return privateFolder().resolve("epoch");
    }

    Path commits() {
        return privateFolder().resolve("commits");
    }

    Path staging(Lineage lineage) {
        return privateFolder().resolve("staging").resolve(name(lineage));
    }

    /** Exists exactly while this fence is the lineage's newest. */
    Path staging(Lineage lineage, Fence fence) {
        return staging(lineage).resolve(Long.toString(fence.epoch()));
    }

    /** The manifest of a commit that is under way. */
    Path manifest(CommitId id) {
        return commits().resolve(name(id) + Manifest.UNFINISHED);
    }

    /** The manifest of a commit that is complete. */
    Path finishedManifest(CommitId id) {
        return commits().resolve(name(id) + Manifest.FINISHED);
    }

    static String name(Lineage lineage) {
        return SafeName.of(lineage.pipeline()) + "~" + SafeName.of(lineage.id());
    }

    private static String name(CommitId id) {
        return name(id.lineage()) + "~" + id.sequence() + "~" + SafeName.of(id.unit());
    }

    Path success() {
        return root.resolve(SUCCESS);
    }
}
