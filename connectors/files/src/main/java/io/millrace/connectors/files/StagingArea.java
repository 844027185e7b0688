package io.millrace.connectors.files;

import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One lineage's staged files. They lie in a folder named after the newest epoch; taking over renames that folder, so that
 * every later step of a predecessor finds its own gone. All methods but {@link #require} are called under the target's
 * lock.
 */
final class StagingArea {
    private final TargetFolder target;
    private final Lineage lineage;

    StagingArea(TargetFolder target, Lineage lineage) {
        this.target = target;
        this.lineage = lineage;
    }

    /** Begins a new epoch and carries over what the last one staged. */
    Fence takeOver() throws IOException {
        Path staging = target.staging(lineage);
        DurableFiles.createDirectories(staging);
        List<Path> epochs = epochs();
        long newest = epochs.isEmpty() ? 0 : epoch(epochs.get(epochs.size() - 1));
        Fence fence = new Fence(Math.max(newest, lastEpoch()) + 1);
        // Before the folder: an epoch that was used must never be handed out again.
        DurableFiles.write(target.epoch(), Long.toString(fence.epoch()).getBytes(StandardCharsets.UTF_8));
        Path current = target.staging(lineage, fence);
        if (epochs.isEmpty()) {
            Files.createDirectory(current);
        } else {
            Files.move(epochs.get(epochs.size() - 1), current, StandardCopyOption.ATOMIC_MOVE);
        }
        DurableFiles.syncDirectory(staging);
        return fence;
    }

    /** Where nothing is known any more, epochs start from the clock, above all that were handed out before. */
    private long lastEpoch() throws IOException {
        if (!Files.exists(target.epoch())) {
            return System.currentTimeMillis();
        }
        String text = Files.readString(target.epoch()).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            return System.currentTimeMillis();
        }
    }

    /** Refuses a holder of an older fence. */
    void require(Fence fence) {
        if (!Files.isDirectory(target.staging(lineage, fence))) {
            throw fenced(target, lineage, null);
        }
    }

    static MillraceException fenced(TargetFolder target, Lineage lineage, Throwable cause) {
        return new MillraceException(
                ErrorKind.FENCED,
                "a newer run of pipeline '" + lineage.pipeline() + "' has taken over " + target.root()
                        + "; this one must not write any more",
                cause);
    }

    /** A staged file, in whatever epoch's folder it is. */
    Optional<Path> find(String name) throws IOException {
        for (Path epoch : epochs()) {
            Path file = epoch.resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The epochs' folders, oldest first; one, unless somebody else has been here. */
    private List<Path> epochs() throws IOException {
        List<Path> epochs = new ArrayList<>();
        if (Files.isDirectory(target.staging(lineage))) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                    target.staging(lineage),
                    folder -> folder.getFileName().toString().matches("[0-9]{1,18}"))) {
                folders.forEach(epochs::add);
            }
        }
        epochs.sort(Comparator.comparingLong(StagingArea::epoch));
        return epochs;
    }

    private static long epoch(Path folder) {
        return Long.parseLong(folder.getFileName().toString());
    }

    /** Removes every file that is not to be kept; where none is, the epochs end too, and whoever still writes learns it. */
    void removeAllBut(Set<String> kept) throws IOException {
        for (Path epoch : epochs()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(epoch)) {
                for (Path file : files) {
                    if (!kept.contains(file.getFileName().toString())) {
                        Failpoint.DURING_CLEANUP.reached();
                        Files.deleteIfExists(file);
                    }
                }
            }
            if (kept.isEmpty()) {
                Files.delete(epoch);
            }
        }
        if (kept.isEmpty()) {
            Files.delete(target.staging(lineage));
        }
    }

    /** Ends the epoch if nothing is staged in it any more. */
    void removeIfEmpty(Fence fence) throws IOException {
        Path current = target.staging(lineage, fence);
        if (Files.isDirectory(current)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(current)) {
                if (files.iterator().hasNext()) {
                    return;
                }
            }
            Files.delete(current);
            if (epochs().isEmpty()) {
                Files.delete(target.staging(lineage));
            }
        }
    }
}
