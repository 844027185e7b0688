package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Counts;
import io.millrace.api.MillraceException;
import io.millrace.app.console.Format;
import io.millrace.app.console.TextTable;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace runs}. */
@Command(
        name = "runs",
        description = "List the runs remembered here, the newest first, or forget old ones.",
        footer = {
            "",
            "Examples:",
            "  millrace runs --pipeline clean-behaviors --limit 5",
            "  millrace runs --prune --keep-days 90 --keep 10"
        })
public final class RunsCommand implements Callable<Integer>, Reported {
    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only runs of this pipeline.")
    private String pipeline;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private PruneOptions prune;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        boolean pruning = prune.asked();
        try (Ledger ledger = state.existing()) {
            if (pruning) {
                prune.prune(ledger, state.place().folder(), Optional.ofNullable(pipeline), output);
                return 0;
            }
            List<RunRecord> runs = ledger.runs(Optional.ofNullable(pipeline), EnumSet.allOf(RunState.class), limit);
            if (output.json()) {
                ObjectNode json = new ObjectMapper().createObjectNode();
                ArrayNode list = json.putArray("runs");
                runs.forEach(run -> list.add(StatusCommand.json(ledger, run)));
                output.print(json);
                return 0;
            }
            TextTable table =
                    new TextTable("run", "pipeline", "window", "state", "extracted", "loaded", "rejected", "took");
            for (RunRecord run : runs) {
                Counts counts = ledger.counts(run.id()).rows();
                table.row(
                        run.id(),
                        run.key().pipeline(),
                        run.key().scope(),
                        name(run.state()),
                        Format.count(counts.extracted()),
                        Format.count(counts.loaded()),
                        Format.count(counts.rejected()),
                        run.ended()
                                .map(ended -> Format.duration(Duration.between(run.started(), ended)))
                                .orElse(""));
            }
            table.print(System.out);
            return 0;
        }
    }

    static String name(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** The run of this id; a user error that lists the newest ones where there is none. */
    static RunRecord require(Ledger ledger, String id) {
        return ledger.run(id)
                .orElseThrow(() -> MillraceException.user("there is no run " + id + " here; the newest are "
                        + ledger.runs(Optional.empty(), EnumSet.allOf(RunState.class), 5).stream()
                                .map(RunRecord::id)
                                .toList()));
    }
}
