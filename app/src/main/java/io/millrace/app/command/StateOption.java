package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.ledger.StateServer;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the state of runs lies. */
final class StateOption {
    @Option(
            names = "--state",
            paramLabel = "PLACE",
            description =
                    "Where runs are remembered: a folder (default: .millrace beside the pipeline file, or here), or"
                            + " postgresql://host/database.")
    private String state;

    /** The state of a pipeline file in this folder. */
    StatePlace place(Path directory) {
        if (state == null) {
            return StatePlace.in(directory.resolve(".millrace"));
        }
        return StateServer.isServer(state)
                ? StatePlace.on(StateServer.parse(state, System.getenv()), directory)
                : StatePlace.in(Path.of(state).toAbsolutePath());
    }

    /** The state that commands look into. */
    StatePlace place() {
        return place(here());
    }

    /** The ledger that commands look into; a user error where there is none. */
    Ledger existing() {
        StatePlace place = place();
        if (!place.exists()) {
            throw MillraceException.user("nothing has run here yet: there is no ledger in " + place.folder()
                    + "; change to the folder of the pipeline file, or name its state with --state");
        }
        return place.open();
    }

    static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
