package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.connectors.files.Manifest.Publication;
import io.millrace.formats.parquet.partitioned.SafeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Decides what a commit does: final names for its files, and which files they replace. Called under the target's lock. */
final class CommitPlan {
    private final TargetFolder target;
    private final ParquetTargetSettings.Mode mode;

    CommitPlan(TargetFolder target, ParquetTargetSettings.Mode mode) {
        this.target = target;
        this.mode = mode;
    }

    Manifest of(CommitId id, List<StagedFile> files) throws IOException {
        StagingArea staging = new StagingArea(target, id.lineage());
        Map<String, Integer> numbers = new HashMap<>();
        List<Publication> publications = new ArrayList<>();
        for (StagedFile file : files) {
            Path source = staging.find(file.name()).orElse(null);
            if (source == null || Files.size(source) != file.bytes()) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        "the staged file " + file.name() + " is gone from " + target.privateFolder()
                                + " or has another size; start the run anew with --restart");
            }
            publications.add(new Publication(file, finalName(id, file, numbers)));
        }
        refuseClashes(files);
        return new Manifest(id, publications, replaced(files));
    }

    /** Free of attempts and epochs, and never the name of a file that is there already. */
    private String finalName(CommitId id, StagedFile file, Map<String, Integer> numbers) {
        String stem = "part-" + SafeName.of(id.unit()) + "-" + SafeName.of(file.piece()) + "-";
        while (true) {
            String name = stem + (numbers.merge(stem, 1, Integer::sum) - 1) + DataFiles.SUFFIX;
            String relative = file.folder().isEmpty() ? name : file.folder() + "/" + name;
            if (!Files.exists(target.root().resolve(relative))) {
                return relative;
            }
        }
    }

    private List<String> replaced(List<StagedFile> files) throws IOException {
        return switch (mode) {
            case APPEND -> List.of();
            case OVERWRITE -> DataFiles.below(target.root());
            case OVERWRITE_PARTITIONS -> {
                Set<String> folders = new HashSet<>();
                files.forEach(file -> folders.add(file.folder()));
                List<String> replaced = new ArrayList<>();
                for (String folder : folders) {
                    for (String name : DataFiles.below(target.root().resolve(folder))) {
                        replaced.add(folder + "/" + name);
                    }
                }
                replaced.sort(null);
                yield replaced;
            }
        };
    }

    /** On a file system that ignores case, 'a' and 'A' would be one partition, and one of the values would be lost. */
    private void refuseClashes(List<StagedFile> files) {
        if (!Files.exists(target.root().resolve(TargetFolder.PRIVATE.toUpperCase(Locale.ROOT)))) {
            return;
        }
        Map<String, String> folders = new HashMap<>();
        for (StagedFile file : files) {
            String other = folders.putIfAbsent(file.folder().toLowerCase(Locale.ROOT), file.folder());
            if (other != null && !other.equals(file.folder())) {
                throw MillraceException.user("the partitions '" + other + "' and '" + file.folder()
                        + "' are one folder on this file system, which ignores case; make their values differ in more"
                        + " than case");
            }
        }
    }
}
