package io.millrace.core.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.core.ledger.RunLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file in which a run's progress lies for other processes. Readers see a whole one, the last or the one before. It is not
 * forced to the disk: after a power cut nobody watches.
 */
public final class ProgressFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ProgressFile() {}

    /** What a run has written last; empty where it has written nothing, or in a form that this Millrace does not know. */
    public static Optional<RunProgress> read(Path stateFolder, String runId) {
        Path file = place(stateFolder, runId);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            RunProgress progress = JSON.readValue(file.toFile(), RunProgress.class);
            return Optional.of(progress).filter(known -> known.version() == RunProgress.VERSION);
        } catch (IOException unreadable) {
            // Removed meanwhile, or cut by a power failure: there is nothing to show then.
            return Optional.empty();
        }
    }

    static void write(Path stateFolder, RunProgress progress) throws IOException {
        Path file = place(stateFolder, progress.run());
        Files.createDirectories(file.getParent());
        Path temporary = temporary(file);
        try {
            Files.write(temporary, bytes(progress));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
    }

    /** Removes what a process left that was killed while it wrote the progress of a run that is done. */
    static void sweep(Path stateFolder, String runId) {
        try {
            Files.deleteIfExists(temporary(place(stateFolder, runId)));
        } catch (IOException unwritable) {
            // It does no harm, and the run needs nothing of this folder.
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    private static byte[] bytes(RunProgress progress) {
        try {
            return JSON.writeValueAsBytes(progress);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path place(Path stateFolder, String runId) {
        return new RunLayout(stateFolder, runId, Optional.empty()).folder().resolve("progress.json");
    }
}
