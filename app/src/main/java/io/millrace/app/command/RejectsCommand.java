package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.PieceResult;
import io.millrace.app.console.Format;
import io.millrace.app.console.TextTable;
import io.millrace.core.coordinator.Replay;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.reject.RejectedRow;
import io.millrace.core.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace rejects}. */
@Command(
        name = "rejects",
        description = "Show the rows that a run has rejected, with their reasons, or run them again after a fix.",
        footer = {
            "",
            "Examples:",
            "  millrace rejects 20260101-020000-3f9a2c",
            "  millrace rejects 20260101-020000-3f9a2c --rows      whole rows, one JSON object a line",
            "  millrace rejects 20260101-020000-3f9a2c --replay"
        })
public final class RejectsCommand implements Callable<Integer>, Reported {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "RUN", description = "The run's id, as 'millrace runs' lists it.")
    private String run;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Show at most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--rows", description = "Print all of them as they are stored: one JSON object a line.")
    private boolean rows;

    @Mixin
    private ReplayOptions replay;

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
        RunRecord record;
        Replay replayed;
        try (Ledger ledger = state.existing()) {
            record = RunsCommand.require(ledger, run);
            List<PieceResult> results = ledger.results(run);
            ledger.fetchFiles(record);
            RunFolder folder = new RunFolder(state.place().folder(), run, record.rejects());
            List<Path> files = new ArrayList<>(folder.rejectFiles(results));
            if (!replay.asked()) {
                return show(folder, results, files);
            }
            replayed = replay.plan(record, files);
        }
        return replay.run(record, replayed, state.place(), output);
    }

    private int show(RunFolder folder, List<PieceResult> results, List<Path> files) {
        List<Path> uncounted = folder.uncountedRejectFiles(results);
        if (!uncounted.isEmpty() && !output.json()) {
            System.err.println("note: the run has not finished; rows of attempts that do not count are shown too");
        }
        files.addAll(uncounted);
        if (rows) {
            RejectReader.read(files, row -> {
                System.out.println(JSON.valueToTree(row).toString());
                return true;
            });
            return 0;
        }
        show(files);
        return 0;
    }

    private void show(List<Path> files) {
        Map<String, Long> byReason = new TreeMap<>();
        List<RejectedRow> first = new ArrayList<>();
        RejectReader.read(files, row -> {
            byReason.merge(
                    row.step() + (row.column() == null ? "" : ", " + row.column()) + ": " + row.reason(),
                    1L,
                    Long::sum);
            if (first.size() < limit) {
                first.add(row);
            }
            return true;
        });
        if (output.json()) {
            ObjectNode json = JSON.createObjectNode().put("run", run);
            json.set("reasons", JSON.valueToTree(byReason));
            json.set("rows", JSON.valueToTree(first));
            output.print(json);
            return;
        }
        if (first.isEmpty()) {
            System.out.println("run " + run + " has rejected nothing");
            return;
        }
        TextTable reasons = new TextTable("rows", "reason");
        byReason.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(reason -> reasons.row(Format.count(reason.getValue()), reason.getKey()));
        reasons.print(System.out);
        System.out.println();
        TextTable table = new TextTable("split", "row", "step", "column", "value", "reason");
        first.forEach(row -> table.row(
                row.split(), row.ordinal(), row.step(), shown(row.column()), shown(row.value()), row.reason()));
        table.print(System.out);
    }

    private static String shown(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", "�");
    }
}
