package io.millrace.app.command;

import io.millrace.api.TimeWindow;
import io.millrace.app.console.JsonLines;
import io.millrace.app.console.PlainLines;
import io.millrace.app.console.ProgressBar;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.metrics.PrometheusText;
import io.millrace.core.openlineage.OpenLineage;
import io.millrace.core.run.RunListener;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run shows what it is doing. */
final class ProgressOptions {
    enum LogFormat {
        TEXT,
        JSON
    }

    @Option(
            names = "--log",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Progress on stderr as text or as JSON lines (default: ${DEFAULT-VALUE}).")
    private LogFormat log;

    @Mixin
    private UiOption ui;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "Write metrics of all pipelines into it at the end, for Prometheus.")
    private Path metricsFile;

    @Option(
            names = "--lineage",
            paramLabel = "PLACE",
            description = "Send OpenLineage events to a URL, or append them to a file.")
    private String lineage;

    /** Starts the dashboard, where it is wanted. */
    UiOption.Running watch(StatePlace state) {
        return ui.start(state);
    }

    /** Writes the metrics, where they are wanted; a run does not fail by it. */
    void writeMetrics(Ledger ledger, StatePlace state) {
        if (metricsFile == null) {
            return;
        }
        try {
            new PrometheusText(ledger, state.folder()).write(metricsFile);
        } catch (RuntimeException failed) {
            System.err.println("warning: " + failed.getMessage());
        }
    }

    /** Who tells of lineage, where somebody wants to hear it. */
    Optional<OpenLineage> lineage(Optional<TimeWindow> window) {
        return Optional.ofNullable(lineage).map(address -> OpenLineage.to(
                        address,
                        Optional.ofNullable(System.getenv("OPENLINEAGE_API_KEY")),
                        System.getenv().getOrDefault("OPENLINEAGE_NAMESPACE", "millrace"))
                .window(window));
    }

    /** Shows a run's events in the way that fits where stderr goes. */
    RunListener listener() {
        return switch (log) {
            case JSON -> new JsonLines(System.err);
            case TEXT -> System.console() != null && System.getenv("TERM") != null
                    ? new ProgressBar(System.err)
                    : new PlainLines(System.err);
        };
    }
}
