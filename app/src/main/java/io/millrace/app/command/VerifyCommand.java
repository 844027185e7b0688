package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.app.console.Format;
import io.millrace.core.coordinator.Verification;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace verify}. */
@Command(
        name = "verify",
        description = "Count again what a run has loaded, in the target itself, and hold it against the ledger.",
        footer = {
            "",
            "Exit code 1 where the numbers differ or something is missing.",
            "",
            "Example:",
            "  millrace verify 20260101-020000-3f9a2c"
        })
public final class VerifyCommand implements Callable<Integer>, Reported {
    private static final int MISMATCH = 1;

    @Parameters(paramLabel = "RUN", description = "The run's id, as 'millrace runs' lists it.")
    private String run;

    @Mixin
    private PluginOption plugins;

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
        try (Ledger ledger = state.existing()) {
            RunRecord record = RunsCommand.require(ledger, run);
            Path file = record.file()
                    .orElseThrow(() -> MillraceException.user(
                            "run " + run + " did not come from a pipeline file, which would say where its target is"));
            Verification verification = Verification.of(
                    ledger,
                    record,
                    PipelineOptions.job(file, record.overrides(), record.key().window(), plugins));
            if (output.json()) {
                output.print(json(verification));
            } else {
                print(verification);
            }
            return verification.holds() ? 0 : MISMATCH;
        }
    }

    private void print(Verification verification) {
        long found = verification.recount().found().orElse(0);
        long replaced = verification.recount().replaced();
        System.out.println("target     " + verification.run().target());
        System.out.println("ledger     " + Format.count(verification.expected()) + " rows loaded");
        if (verification.counted()) {
            System.out.println("found      " + Format.count(found) + " rows: "
                    + verification.recount().how());
            if (replaced > 0) {
                System.out.println("replaced   " + Format.count(replaced) + " rows, by what came later");
            }
        } else {
            System.out.println(
                    "found      cannot be counted: " + verification.recount().how());
        }
        verification.recount().problems().forEach(problem -> System.out.println("problem    " + problem));
        if (!verification.holds()) {
            System.err.println("error: the target does not hold what run " + run + " loaded: "
                    + Format.count(verification.expected()) + " rows by the ledger, " + Format.count(found + replaced)
                    + " by the target");
        }
    }

    private static ObjectNode json(Verification verification) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("run", verification.run().id());
        json.put("target", verification.run().target());
        json.put("holds", verification.holds());
        json.put("expected", verification.expected());
        if (verification.counted()) {
            json.put("found", verification.recount().found().getAsLong());
        } else {
            json.putNull("found");
        }
        json.put("replaced", verification.recount().replaced());
        json.put("how", verification.recount().how());
        ArrayNode problems = json.putArray("problems");
        verification.recount().problems().forEach(problems::add);
        return json;
    }
}
