package io.millrace.app.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Who asks for a run. */
final class ScheduleOption {
    private static final int LONGEST = 500;

    @Option(
            names = "--scheduled-by",
            paramLabel = "TEXT",
            description = "Who asks for this run, for 'millrace status': a DAG, its run and try.")
    private String scheduledBy;

    /** Cut to what the ledger keeps. */
    Optional<String> scheduledBy() {
        return Optional.ofNullable(scheduledBy)
                .filter(text -> !text.isBlank())
                .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    }
}
