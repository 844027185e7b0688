package io.millrace.app.console;

import io.millrace.api.Counts;
import io.millrace.app.errors.ErrorCatalogue;
import io.millrace.core.run.RunReport;
import java.io.PrintStream;
import java.util.Locale;

/** The summary of a run for people. */
public final class ReportText {
    private static final int QUOTED = 5;

    private ReportText() {}

    public static void print(RunReport report, PrintStream out) {
        report.warnings().forEach(warning -> out.println("note: " + warning));
        report.failure().ifPresent(failure -> {
            out.println("error: " + failure.message());
            ErrorCatalogue.hint(failure.message()).ifPresent(out::println);
        });
        Counts counts = report.counts();
        out.printf(
                Locale.ROOT,
                "%s: run %s in %s%n",
                switch (report.status()) {
                    case SUCCESS -> "done";
                    case ALREADY_DONE -> "already done";
                    case FAILED -> "failed";
                    case STOPPED -> "stopped";
                },
                report.run(),
                Format.duration(report.duration()));
        out.printf(
                Locale.ROOT,
                "  extracted %s = loaded %s + filtered %s + deduplicated %s + rejected %s%n",
                Format.count(counts.extracted()),
                Format.count(counts.loaded()),
                Format.count(counts.filtered()),
                Format.count(counts.deduplicated()),
                Format.count(counts.rejected()));
        report.groups()
                .ifPresent(groups -> out.printf(
                        Locale.ROOT,
                        "  groups %s = loaded %s + filtered %s + rejected %s%n",
                        Format.count(groups.extracted()),
                        Format.count(groups.loaded()),
                        Format.count(groups.filtered() + groups.deduplicated()),
                        Format.count(groups.rejected())));
        if (report.splits() > 0) {
            out.printf(
                    Locale.ROOT,
                    "  splits %d, of which %d had been finished before%n",
                    report.splits(),
                    report.splitsSkipped());
        }
        if (!report.checks().isEmpty()) {
            long broken =
                    report.checks().stream().filter(check -> !check.passed()).count();
            out.printf(
                    Locale.ROOT,
                    "  checks: %d kept, %d broken%n",
                    report.checks().size() - broken,
                    broken);
        }
        report.rejects().stream().limit(QUOTED).forEach(reject -> out.println("  rejected: " + reject));
        if (counts.rejected() > QUOTED || report.rejects().size() > QUOTED) {
            out.println("  … all of them: millrace rejects " + report.run());
        }
        switch (report.status()) {
            case SUCCESS, ALREADY_DONE -> out.println("  in " + report.target());
            case FAILED, STOPPED -> out.println("  to go on from here: millrace resume " + report.run());
        }
    }
}
