package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** What a failed operation on a local file means for the run. */
final class LocalFailure {
    private LocalFailure() {}

    /** @param attempted what was done, as the beginning of a sentence: "cannot write" */
    static MillraceException of(String attempted, Path file, IOException failure) {
        String problem = attempted + " " + file + ": ";
        if (failure instanceof ClosedChannelException) {
            if (failure instanceof ClosedByInterruptException) {
                Thread.currentThread().interrupt();
            }
            return new MillraceException(ErrorKind.STOPPED, problem + "stopped", failure);
        }
        String reason = reason(failure);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota")) {
            return MillraceException.unavailable(problem + "the disk is full; free some space and run again", failure);
        }
        if (failure instanceof AccessDeniedException
                || lower.contains("read-only")
                || lower.contains("permission denied")
                || lower.contains("operation not permitted")) {
            return MillraceException.denied(
                    problem + "permission was refused (" + reason + "); give this user access", failure);
        }
        return MillraceException.unavailable(problem + reason, failure);
    }

    private static String reason(IOException failure) {
        String name = failure.getClass().getSimpleName();
        if (failure instanceof FileSystemException known) {
            return known.getReason() == null ? name : known.getReason();
        }
        return failure.getMessage() == null ? name : failure.getMessage();
    }
}
