package io.millrace.app.doctor;

import io.millrace.api.ErrorKind;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.ledger.StatePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at where runs are remembered. */
public final class StateChecks {
    private static final long LITTLE_ROOM = 1L << 30;
    private static final long NO_ROOM = 100L << 20;
    private static final long MEGABYTE = 1L << 20;
    private static final int LISTED = 100;

    private StateChecks() {}

    /** All of them. Makes nothing that is not there. */
    public static List<Check> all(StatePlace place) {
        List<Check> checks = new ArrayList<>(List.of(folder(place.folder())));
        if (place.exists()) {
            checks.add(Check.of("ledger", () -> ledger(place)));
        }
        return checks;
    }

    static Check folder(Path folder) {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.toAbsolutePath().getParent();
        }
        if (!Files.isDirectory(there)) {
            return Check.failed(
                    "state folder", ErrorKind.DENIED, there + " is no folder; name another place with --state");
        }
        if (!Files.isWritable(there)) {
            return Check.failed(
                    "state folder",
                    ErrorKind.DENIED,
                    there + " cannot be written by " + System.getProperty("user.name")
                            + "; change its owner, or name another place with --state");
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String found = folder + (Files.exists(folder) ? "" : " (to be made)") + ", " + free / MEGABYTE + " MB free";
            if (free < NO_ROOM) {
                return Check.failed("state folder", ErrorKind.UNAVAILABLE, found + "; make room on that disk");
            }
            if (free < LITTLE_ROOM) {
                return Check.warning("state folder", found + "; deduplication and aggregation spill there: make room");
            }
            return Files.exists(folder) && readableByOthers(folder)
                    ? Check.warning(
                            "state folder", found + "; others may read it, rejected rows included: chmod 700 " + folder)
                    : Check.ok("state folder", found);
        } catch (IOException failed) {
            return Check.failed("state folder", ErrorKind.DENIED, folder + " cannot be looked at (" + failed + ")");
        }
    }

    private static boolean readableByOthers(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
        return rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ);
    }

    private static Check ledger(StatePlace place) {
        try (Ledger ledger = place.open()) {
            List<RunRecord> unfinished = ledger.runs(
                    Optional.empty(),
                    EnumSet.of(RunState.RUNNING, RunState.COMMITTING, RunState.FAILED, RunState.STOPPED),
                    LISTED);
            int pipelines = ledger.pipelines().size();
            String found =
                    "can be read; " + pipelines + (pipelines == 1 ? " pipeline has" : " pipelines have") + " run";
            return unfinished.isEmpty()
                    ? Check.ok("ledger", found)
                    : Check.ok(
                            "ledger",
                            found + ", " + unfinished.size() + (unfinished.size() == LISTED ? " or more" : "")
                                    + " unfinished, the newest is "
                                    + unfinished.get(0).id()
                                    + ": 'millrace status' tells more");
        }
    }
}
