package io.millrace.app.command;

import io.millrace.api.Split;
import io.millrace.api.data.Field;
import io.millrace.app.console.Format;
import io.millrace.app.console.TextTable;
import io.millrace.core.coordinator.PlanPreview;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.run.Job;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace plan}. */
@Command(
        name = "plan",
        description = "Show what a run would do: splits, the schema after each step, what a resume would redo.",
        footer = {"", "Example:", "  millrace plan clean.yaml --start 2026-01-01 --end 2026-01-02"})
public final class PlanCommand implements Callable<Integer>, Reported {
    private static final int SHOWN_SPLITS = 10;

    @Mixin
    private PipelineOptions pipeline;

    @Option(
            names = "--lineage",
            description = "Also show which columns of the source, and of tables looked up in, each column comes from.")
    private boolean lineage;

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
        Job job = pipeline.job();
        StatePlace place = state.place(pipeline.directory());
        if (!place.exists()) {
            show(PlanPreview.of(job, pipeline.window(), Optional.empty()));
            return 0;
        }
        try (Ledger ledger = place.open()) {
            show(PlanPreview.of(job, pipeline.window(), Optional.of(ledger)));
        }
        return 0;
    }

    private void show(PlanPreview plan) {
        if (output.json()) {
            output.print(PlanJson.of(plan));
        } else {
            print(plan, System.out);
            if (lineage) {
                System.out.println();
                LineageText.print(plan.lineage(), System.out);
            }
        }
    }

    static void print(PlanPreview plan, PrintStream out) {
        out.println("from  " + plan.source());
        out.println("to    " + plan.target() + " (" + plan.mode().name().toLowerCase(java.util.Locale.ROOT) + ")");
        plan.pushedDown().forEach(part -> out.println("read  " + part));
        plan.history().ifPresent(history -> out.println("now   " + history));
        plan.warnings().forEach(warning -> out.println("warning: " + warning));
        long rows = plan.splits().stream()
                .mapToLong(Split::estimatedRows)
                .filter(guess -> guess > 0)
                .sum();
        long bytes = plan.splits().stream()
                .mapToLong(Split::estimatedBytes)
                .filter(guess -> guess > 0)
                .sum();
        out.println();
        out.println(plan.splits().size() + " splits, about " + Format.count(rows) + " rows, " + Format.bytes(bytes)
                + "; opening one again gives "
                + switch (plan.repeatability()) {
                    case REPEATABLE -> "the same rows";
                    case BOUNDED_REPEATABLE -> "the same rows, except those changed since";
                    case ONCE -> "perhaps other rows";
                });
        plan.splits().stream()
                .limit(SHOWN_SPLITS)
                .forEach(split -> out.println("  " + split.id()
                        + (split.estimatedRows() < 0 ? "" : "  about " + Format.count(split.estimatedRows()) + " rows")
                        + (split.estimatedBytes() < 0 ? "" : ", " + Format.bytes(split.estimatedBytes()))));
        if (plan.splits().size() > SHOWN_SPLITS) {
            out.println("  … " + (plan.splits().size() - SHOWN_SPLITS) + " more");
        }
        out.println();
        printSchemas(plan, out);
    }

    /** Columns down, stages across: a type is shown where it changes. */
    private static void printSchemas(PlanPreview plan, PrintStream out) {
        List<String> header = new ArrayList<>(List.of("column"));
        header.addAll(plan.stages());
        TextTable table = new TextTable(header);
        Set<String> names = new LinkedHashSet<>();
        plan.schemas().forEach(schema -> names.addAll(schema.names()));
        for (String name : names) {
            List<String> row = new ArrayList<>(List.of(name));
            String before = "";
            for (var schema : plan.schemas()) {
                int position = schema.indexOf(name);
                String type = position < 0 ? "-" : type(schema.field(position));
                row.add(type.equals(before) ? "·" : type);
                before = type;
            }
            table.row(row);
        }
        table.print(out);
    }

    private static String type(Field field) {
        return field.type() + (field.nullable() ? "" : " not null");
    }
}
