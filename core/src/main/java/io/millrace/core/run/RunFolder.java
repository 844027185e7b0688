package io.millrace.core.run;

import io.millrace.api.Claims;
import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.core.ledger.RunLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run's files beside the ledger: claims, needed until it ends, and rejected rows, kept for people. */
public final class RunFolder {
    private final RunLayout layout;

    /** @param rejects where the pipeline wants rejected rows, or empty for the state folder */
    public RunFolder(Path stateFolder, String runId, Optional<Path> rejects) {
        this.layout = new RunLayout(stateFolder, runId, rejects);
    }

    /** The folder of all runs' state. */
    public Path stateFolder() {
        return layout.stateFolder();
    }

    /** The file of an attempt's rejected rows. */
    public Path rejects(String piece, String attempt) {
        return layout.rejects().resolve(piece + "-" + attempt + ".jsonl");
    }

    /** The folder of all claims; it is made. */
    public Path claims() {
        Path claims = layout.claims();
        try {
            DurableFiles.createDirectories(claims);
        } catch (IOException failed) {
            throw MillraceException.denied("cannot write to the state folder " + claims + " (" + failed + ")", failed);
        }
        return claims;
    }

    /** Removes the claims of an attempt that does not count: a run that another process has ended sweeps no more. */
    public void discardClaims(List<Claims> claims) {
        claims.forEach(one -> delete(layout.claims().resolve(one.file())));
    }

    /** The folder of the tables that steps look up in. */
    public Path lookups() {
        return layout.lookups();
    }

    /** The folder of the rows that wait at an exchange; perhaps not there yet. */
    public Path exchange(int number) {
        return layout.exchange(number);
    }

    /** Removes the rows of an exchange, which have all been read. */
    public void dropExchange(int number) {
        deleteTree(layout.exchange(number));
    }

    /** The files that hold the rejected rows of these pieces. */
    public List<Path> rejectFiles(List<PieceResult> results) {
        return results.stream()
                .flatMap(result -> result.rejects().stream())
                .map(staged -> layout.rejects().resolve(staged.payload()))
                .toList();
    }

    /** The files of attempts that never counted: what a run left that ended by too many rejects. */
    public List<Path> uncountedRejectFiles(List<PieceResult> results) {
        Set<Path> counted = Set.copyOf(rejectFiles(results));
        return files(layout.rejects()).stream()
                .filter(file -> !counted.contains(file))
                .toList();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Removes what a finished run no longer needs: claims, the rows looked up in, and the rejects of attempts that do not
     * count. What says which rows were looked up in, and when they were read, stays.
     */
    public void tidy(List<PieceResult> results) {
        uncountedRejectFiles(results).forEach(RunFolder::delete);
        deleteTree(layout.claims());
        files(layout.lookups()).stream()
                .filter(file -> !file.toString().endsWith(".json"))
                .forEach(RunFolder::delete);
    }

    /** Removes everything, rejected rows included. */
    public void delete() {
        deleteTree(layout.rejects());
        deleteTree(layout.folder());
    }

    private static void deleteTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(tree)) {
            entries.sorted(Comparator.reverseOrder()).forEach(RunFolder::delete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
