package io.millrace.app.command;

import io.millrace.app.console.Format;
import io.millrace.app.console.TextTable;
import io.millrace.core.fit.Drift;
import io.millrace.core.fit.DriftReport;
import io.millrace.core.fit.FitResult;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.Learned;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was learned, and what has drifted, for people. */
final class FitText {
    private FitText() {}

    static void print(FitResult result, PrintStream err) {
        TextTable table = new TextTable("file", "", "kind", "columns", "rows", "nulls", "parameters");
        result.learned().forEach((path, file) -> row(table, path, "learned", file));
        result.kept().forEach((path, file) -> row(table, path, "kept", file));
        table.print(err);
        if (result.passes() == 0) {
            err.println("all fit files exist; --refit learns them again");
        } else {
            err.println("learned from " + Format.count(result.extracted()) + " rows, "
                    + Format.count(result.rejected()) + " rejected"
                    + (result.passes() == 1 ? "" : ", read " + result.passes() + " times"));
        }
    }

    private static void row(TextTable table, String path, String status, FitFile file) {
        table.row(
                path,
                status,
                file.kind(),
                String.join(", ", file.columns()),
                Format.count(file.statistics().rows()),
                Format.count(file.statistics().nulls()),
                parameters(file.learned()));
    }

    private static String parameters(Learned learned) {
        if (learned.vocabulary().isPresent()) {
            return Format.count(learned.vocabulary().get().size()) + " values";
        }
        return learned.edges().isEmpty()
                ? learned.numbers().entrySet().stream()
                        .map(number -> number.getKey() + " " + number(number.getValue()))
                        .collect(Collectors.joining(", "))
                : learned.edges().size() + 1 + " buckets";
    }

    static void print(DriftReport report, double maxPsi, PrintStream err) {
        TextTable table = new TextTable(
                "columns", "fit file", "psi", "", "nulls before", "now", "mean before", "now", "new values");
        for (Drift drift : report.drifts()) {
            table.row(
                    String.join(", ", drift.columns()),
                    drift.path(),
                    number(drift.index()),
                    drift.index() > maxPsi ? "drifted" : "",
                    percent(drift.nullRateBefore()),
                    percent(drift.nullRateNow()),
                    drift.meanBefore().map(FitText::number).orElse(""),
                    drift.meanNow().map(FitText::number).orElse(""),
                    drift.newValues().map(FitText::shown).orElse(""));
        }
        table.print(err);
        List<Drift> drifted = report.above(maxPsi);
        err.println(
                drifted.isEmpty()
                        ? "no column has drifted: no index is above " + maxPsi
                        : "drifted: "
                                + drifted.stream()
                                        .map(drift -> String.join(", ", drift.columns()))
                                        .collect(Collectors.joining(", "))
                                + "; --refit learns the fit files again");
    }

    private static String shown(Drift.NewValues values) {
        Optional<String> first = values.examples().stream().findFirst();
        return Format.count(values.distinct()) + " (" + percent(values.share()) + ")"
                + first.map(value -> ", such as " + value.replaceAll("\\p{Cntrl}", "\ufffd"))
                        .orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
