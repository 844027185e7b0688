package io.millrace.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

/** What every command can do with its output: people read stderr, programs the last line of stdout. */
final class OutputOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "Print one JSON object as the last line on stdout.")
    private boolean json;

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
}
