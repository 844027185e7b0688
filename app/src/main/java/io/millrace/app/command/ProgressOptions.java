package io.millrace.app.command;

import io.millrace.app.console.JsonLines;
import io.millrace.app.console.PlainLines;
import io.millrace.app.console.ProgressBar;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.run.RunListener;
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

    /** Starts the dashboard, where it is wanted. */
    UiOption.Running watch(StatePlace state) {
        return ui.start(state);
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
