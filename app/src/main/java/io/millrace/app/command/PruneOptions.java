package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.Retention;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.run.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Forgetting old runs. */
final class PruneOptions {
    @Option(names = "--prune", description = "Forget old ended runs, and remove their files and rejected rows.")
    private boolean prune;

    @Option(names = "--keep-days", paramLabel = "N", description = "With --prune: keep runs that ended since.")
    private Integer days;

    @Option(names = "--keep", paramLabel = "N", description = "With --prune: keep so many of each pipeline.")
    private Integer newest;

    /** A user error where the options do not say what to keep. */
    boolean asked() {
        if (!prune && (days != null || newest != null)) {
            throw MillraceException.user("--keep-days and --keep say what --prune leaves; add --prune");
        }
        if (prune && days == null && newest == null) {
            throw MillraceException.user(
                    "--prune needs to know what to keep; add --keep-days 30 or --keep 100, for" + " instance");
        }
        if (days != null && days < 0 || newest != null && newest < 0) {
            throw MillraceException.user("--keep-days and --keep must not be negative");
        }
        return prune;
    }

    /** Forgets what nothing keeps; a process that is killed meanwhile leaves the rest for the next time. */
    void prune(Ledger ledger, Path stateFolder, Optional<String> pipeline, OutputOptions output) {
        Retention retention =
                new Retention(Optional.ofNullable(days).map(Duration::ofDays), Optional.ofNullable(newest));
        List<String> forgotten = new ArrayList<>();
        int needed = 0;
        for (RunRecord run : retention.due(ledger, pipeline, Instant.now())) {
            if (!ledger.forgettable(run.id())) {
                needed++;
                continue;
            }
            // The files first: without the run, nothing would name them.
            new RunFolder(stateFolder, run.id(), run.rejects()).delete();
            if (ledger.forget(run.id())) {
                forgotten.add(run.id());
            }
        }
        if (output.json()) {
            ObjectNode json = new ObjectMapper().createObjectNode();
            ArrayNode ids = json.putArray("forgotten");
            forgotten.forEach(ids::add);
            output.print(json.put("needed", needed));
            return;
        }
        forgotten.forEach(id -> System.out.println("forgot run " + id));
        System.out.println(forgotten.size() + (forgotten.size() == 1 ? " run" : " runs") + " forgotten"
                + (needed == 0
                        ? ""
                        : "; " + needed + " older " + (needed == 1 ? "one is" : "ones are")
                                + " kept, which say what was appended or where the next increment begins"));
    }
}
