package io.millrace.core.ledger;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where runs are remembered: in a folder, or on a server, with a folder for this machine's working copies.
 *
 * @param folder of the ledger's file and of runs' files
 */
public record StatePlace(Path folder, Optional<StateServer> server) {
    /** All in a folder. */
    public static StatePlace in(Path folder) {
        return new StatePlace(folder, Optional.empty());
    }

    /**
     * On a server. Working copies go to {@code .millrace} of the directory, or where nothing can be written there (a folder
     * mounted into a container, for instance), to a new temporary folder.
     */
    public static StatePlace on(StateServer server, Path directory) {
        Path beside = directory.resolve(".millrace");
        boolean writable = Files.isWritable(Files.isDirectory(beside) ? beside : directory);
        try {
            return new StatePlace(writable ? beside : Files.createTempDirectory("millrace-"), Optional.of(server));
        } catch (IOException failed) {
            throw MillraceException.denied(
                    "neither " + beside + " nor the temporary folder can be written (" + failed
                            + "); working copies need one of them",
                    failed);
        }
    }

    /** False where a ledger would have to be made first; a server is taken at its word. */
    public boolean exists() {
        return server.isPresent() || Files.exists(folder.resolve("ledger.db"));
    }

    /** Opens the ledger, making it where there is none. */
    public Ledger open() {
        return server.<Ledger>map(known -> PostgresLedger.open(known, folder))
                .orElseGet(() -> SqliteLedger.open(folder));
    }
}
