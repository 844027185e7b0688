package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.app.console.TextTable;
import io.millrace.app.errors.ErrorCatalogue;
import io.millrace.app.errors.KnownError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace explain}. */
@Command(
        name = "explain",
        description =
                "Explain errors by their codes: what is usually behind them and what mends them. Without CODE: list"
                        + " all that are known.",
        footer = {"", "Examples:", "  millrace explain", "  millrace explain F101 S203"})
public final class ExplainCommand implements Callable<Integer>, Reported {
    @Parameters(arity = "0..*", paramLabel = "CODE", description = "The codes, as messages name them.")
    private List<String> codes = new ArrayList<>();

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        List<KnownError> errors = codes.isEmpty()
                ? ErrorCatalogue.all()
                : codes.stream().map(ExplainCommand::find).toList();
        if (output.json()) {
            output.print(json(errors));
        } else if (codes.isEmpty()) {
            TextTable table = new TextTable("code", "");
            errors.forEach(error -> table.row(error.code(), error.title()));
            table.print(System.out);
        } else {
            errors.forEach(ExplainCommand::print);
        }
        return 0;
    }

    private static KnownError find(String code) {
        return ErrorCatalogue.of(code)
                .orElseThrow(() -> MillraceException.user("there is no error " + code
                        + Suggestion.didYouMean(
                                code,
                                ErrorCatalogue.all().stream()
                                        .map(KnownError::code)
                                        .toList())
                        + "; 'millrace explain' lists them"));
    }

    private static void print(KnownError error) {
        System.out.println(error.code() + ": " + error.title());
        System.out.println("  cause  " + error.cause());
        System.out.println("  fix    " + error.fix());
        System.out.println();
    }

    private static ObjectNode json(List<KnownError> errors) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode list = json.putArray("errors");
        errors.forEach(error -> list.addObject()
                .put("code", error.code())
                .put("title", error.title())
                .put("cause", error.cause())
                .put("fix", error.fix()));
        return json;
    }
}
