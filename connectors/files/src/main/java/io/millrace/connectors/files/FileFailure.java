package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** What a failed file operation means for the run. */
final class FileFailure {
    private FileFailure() {}

    /**
     * @param attempted what was done, as the beginning of a sentence: "cannot write to"
     * @param folder the target
     */
    static MillraceException of(String attempted, Path folder, IOException failure) {
        String reason = reason(failure);
        String problem = attempted + " " + folder + ": ";
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota")) {
            return MillraceException.unavailable(
                    problem + "the disk is full (" + free(folder) + "); free some space and run again", failure);
        }
        if (failure instanceof AccessDeniedException
                || lower.contains("read-only")
                || lower.contains("permission denied")
                || lower.contains("operation not permitted")) {
            return MillraceException.denied(
                    problem + "permission was refused (" + reason + "); make the folder writable for this user",
                    failure);
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return MillraceException.user(problem + reason + " is a file where a folder is needed; name another path");
        }
        return MillraceException.unavailable(problem + reason, failure);
    }

    private static String reason(IOException failure) {
        String name = failure.getClass().getSimpleName();
        if (failure instanceof FileSystemException known) {
            String detail = known.getReason() == null ? name : known.getReason();
            return known.getFile() == null ? detail : known.getFile() + ": " + detail;
        }
        return failure.getMessage() == null ? name : failure.getMessage();
    }

    private static String free(Path folder) {
        try {
            Path existing = folder;
            while (!Files.exists(existing)) {
                existing = existing.toAbsolutePath().getParent();
            }
            return Files.getFileStore(existing).getUsableSpace() / 1024 + " KiB free";
        } catch (IOException unknown) {
            return "free space unknown";
        }
    }
}
