package io.millrace.app.command;

import io.millrace.app.console.TextTable;
import io.millrace.core.coordinator.Preview;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace preview}. */
@Command(
        name = "preview",
        description = "Show what the first rows become in each step. Nothing is written.",
        footer = {"", "Example:", "  millrace preview clean.yaml --rows 3"})
public final class PreviewCommand implements Callable<Integer>, Reported {
    @Mixin
    private PipelineOptions pipeline;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many source rows (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        Preview preview = Preview.of(pipeline.job(), pipeline.window(), Math.max(1, rows));
        if (output.json()) {
            output.print(PlanJson.of(preview));
        } else {
            print(preview, System.out);
        }
        return 0;
    }

    static void print(Preview preview, PrintStream out) {
        if (preview.rows().isEmpty()) {
            out.println("the source has no rows");
        }
        for (Preview.PreviewRow row : preview.rows()) {
            out.println("row " + row.ordinal() + " of " + row.split()
                    + row.ending().map(ending -> ": " + ending).orElse(""));
            table(preview, row).print(out);
            out.println();
        }
    }

    /** Columns down, stages across: a value is shown where it changes. */
    private static TextTable table(Preview preview, Preview.PreviewRow row) {
        List<String> header = new ArrayList<>(List.of("column"));
        header.addAll(preview.stages());
        TextTable table = new TextTable(header);
        Set<String> names = new LinkedHashSet<>();
        preview.schemas().forEach(schema -> names.addAll(schema.names()));
        for (String name : names) {
            List<String> cells = new ArrayList<>(List.of(name));
            String before = null;
            for (int stage = 0; stage < preview.stages().size(); stage++) {
                int place = stage - row.from();
                String value = place >= 0 && place < row.records().size()
                        ? shown(row.records().get(place), name)
                        : "";
                cells.add(value.equals(before) && !value.isEmpty() ? "·" : value);
                before = value;
            }
            table.row(cells);
        }
        return table;
    }

    private static String shown(Map<String, Object> record, String name) {
        if (!record.containsKey(name)) {
            return "-";
        }
        Object value = record.get(name);
        // Quotes show white space at the ends; control characters would disturb the terminal.
        return value instanceof String text ? '"' + text.replaceAll("\\p{Cntrl}", "\ufffd") + '"' : text(value);
    }

    static String text(Object value) {
        return value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
    }
}
