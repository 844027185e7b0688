package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the state of runs lies. */
final class StateOption {
    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where runs are remembered (default: .millrace beside the pipeline file, or here).")
    private String state;

    /** The state folder of a pipeline file in this folder. */
    Path folder(Path directory) {
        if (state == null) {
            return directory.resolve(".millrace");
        }
        if (state.contains("://")) {
            throw MillraceException.user("--state " + state.replaceFirst("://.*", "://…")
                    + ": this version keeps its state in a folder only; name one");
        }
        return Path.of(state).toAbsolutePath();
    }

    /** The ledger that commands look into; a user error where there is none. */
    Ledger existing() {
        Path folder = folder(here());
        if (!Files.exists(folder.resolve("ledger.db"))) {
            throw MillraceException.user("nothing has run here yet: there is no ledger in " + folder
                    + "; change to the folder of the pipeline file, or name its state with --state");
        }
        return SqliteLedger.open(folder);
    }

    static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
