package io.millrace.connectors.files;

import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.connectors.files.Manifest.Publication;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out manifests. Each step can be repeated, so that whoever finds an unfinished manifest just does all of it again.
 * Called under the target's lock.
 */
final class Publisher {
    private final TargetFolder target;

    Publisher(TargetFolder target) {
        this.target = target;
    }

    /** Finishes what others left unfinished, so that a later commit never runs ahead of an earlier one. */
    void finishAll() throws IOException {
        List<Path> unfinished = new ArrayList<>();
        if (Files.isDirectory(target.commits())) {
            try (DirectoryStream<Path> manifests =
                    Files.newDirectoryStream(target.commits(), "[!.]*" + Manifest.UNFINISHED)) {
                manifests.forEach(unfinished::add);
            }
        }
        unfinished.sort(null);
        for (Path manifest : unfinished) {
            publish(Manifest.of(Files.readAllBytes(manifest), manifest));
        }
    }

    /** Makes the files visible, then removes those they replace, then says so in {@code _SUCCESS} and in the manifest. */
    void publish(Manifest manifest) throws IOException {
        if (Files.deleteIfExists(target.success())) {
            DurableFiles.syncDirectory(target.root());
        }
        Failpoint.MID_COMMIT.reached();
        moveIn(manifest);
        moveOut(manifest);
        Failpoint.MID_COMMIT.reached();
        DurableFiles.write(target.success(), new byte[0]);
        Failpoint.MID_COMMIT.reached();
        Files.move(
                target.manifest(manifest.id()), target.finishedManifest(manifest.id()), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncDirectory(target.commits());
    }

    private void moveIn(Manifest manifest) throws IOException {
        StagingArea staging = new StagingArea(target, manifest.id().lineage());
        Set<Path> changed = new LinkedHashSet<>();
        for (Publication publication : manifest.files()) {
            Path visible = target.root().resolve(publication.target());
            Path source = staging.find(publication.file().name()).orElse(null);
            if (source != null) {
                DurableFiles.createDirectories(visible.getParent());
                Files.move(source, visible, StandardCopyOption.ATOMIC_MOVE);
                Failpoint.MID_COMMIT.reached();
            } else if (!Files.exists(visible)) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        "the staged file " + publication.file().name() + " of commit '"
                                + manifest.id().unit() + "' is gone from " + target.privateFolder()
                                + "; somebody removed it. Restore it, or remove the manifest "
                                + target.manifest(manifest.id()) + " and start the run anew");
            }
            changed.add(visible.getParent());
        }
        for (Path folder : changed) {
            DurableFiles.syncDirectory(folder);
        }
    }

    private void moveOut(Manifest manifest) throws IOException {
        Set<Path> changed = new LinkedHashSet<>();
        for (String name : manifest.remove()) {
            Path file = target.root().resolve(name);
            if (Files.deleteIfExists(file)) {
                Failpoint.MID_COMMIT.reached();
            }
            changed.add(file.getParent());
        }
        for (Path folder : changed) {
            removeEmptied(folder);
        }
    }

    /** Syncs the folder, or removes it and those above it that are empty now. */
    private void removeEmptied(Path folder) throws IOException {
        Path place = folder;
        while (!place.equals(target.root())) {
            try {
                Files.delete(place);
            } catch (DirectoryNotEmptyException inUse) {
                break;
            } catch (NoSuchFileException removedBefore) {
                // An earlier attempt got this far.
            }
            place = place.getParent();
        }
        DurableFiles.syncDirectory(place);
    }
}
