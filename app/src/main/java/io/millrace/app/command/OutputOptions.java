package io.millrace.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.console.JsonLines;
import io.millrace.app.console.PlainLines;
import io.millrace.app.console.ProgressBar;
import io.millrace.core.run.RunListener;
import picocli.CommandLine.Option;

/** What every command can do with its output: people read stderr, programs the last line of stdout. */
final class OutputOptions {
    enum LogFormat {
        TEXT,
        JSON
    }

    @Option(names = "--json", description = "Print one JSON object as the last line on stdout.")
    private boolean json;

    @Option(
            names = "--log",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Progress on stderr as text or as JSON lines (default: ${DEFAULT-VALUE}).")
    private LogFormat log;

    @Option(names = "--debug", description = "Show the stack trace of a failure.")
    private boolean debug;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    void print(JsonNode object) {
        System.out.println(object);
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
