package io.millrace.app.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.sandbox.Database;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A folder with a pipeline file, its state and its target {@code lake}, and the commands run there as processes of their
 * own.
 */
public final class Workspace {
    /** How long a command may take on a busy machine before a test calls it hanging. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String FILE = "pipeline.yaml";

    private final Path folder;
    private final Database database;

    private Workspace(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    /** Makes the folder, with this pipeline; the server is found in its environment variables PGURL, PGUSER, PGPASSWORD. */
    public static Workspace create(Path folder, Database database, String pipeline) {
        Workspace workspace = new Workspace(folder, database);
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        workspace.write(pipeline);
        return workspace;
    }

    /** Replaces the pipeline file. */
    public void write(String pipeline) {
        try {
            Files.writeString(folder.resolve(FILE), pipeline);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    public Path folder() {
        return folder;
    }

    public Path target() {
        return folder.resolve("lake");
    }

    public Path state() {
        return folder.resolve(".millrace");
    }

    /** A command of Millrace, in this folder. */
    public ChildJvm command(String... arguments) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withVariable("PGURL", database.url())
                .withVariable("PGUSER", database.user())
                .withVariable("PGPASSWORD", database.password())
                .withArguments(arguments);
    }

    /** {@code millrace run} of the pipeline, with events and report as JSON. */
    public ChildJvm run(String... more) {
        return command("run", FILE, "--json", "--log", "json").withArguments(more);
    }

    /** The report on the last line of stdout. */
    public static JsonNode report(ChildExit exit) {
        try {
            return JSON.readTree(exit.lastLine());
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("the last line on stdout is not one JSON object: " + exit, notJson);
        }
    }

    /** How many events of this kind stderr tells of. */
    public static long events(ChildExit exit, String name) {
        return exit.errors()
                .lines()
                .filter(line -> line.contains("\"event\":\"" + name + "\""))
                .count();
    }

    /** The newest run of everything, as the ledger has it. */
    public Optional<RunRecord> latest() {
        if (!Files.exists(state().resolve("ledger.db"))) {
            return Optional.empty();
        }
        try (SqliteLedger ledger = SqliteLedger.open(state())) {
            return ledger.latest(new RunKey("crash", Optional.empty()));
        }
    }

    /** How many splits of the newest run are finished. */
    public int finishedSplits() {
        return latest().map(run -> {
                    try (SqliteLedger ledger = SqliteLedger.open(state())) {
                        return ledger.results(run.id()).size();
                    }
                })
                .orElse(0);
    }

    /** The same, without those behind an exchange. */
    public int finishedSourceSplits() {
        return latest().map(run -> {
                    try (SqliteLedger ledger = SqliteLedger.open(state())) {
                        return ledger.results(run.id(), 0).size();
                    }
                })
                .orElse(0);
    }
}
