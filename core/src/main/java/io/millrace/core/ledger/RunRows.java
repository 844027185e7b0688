package io.millrace.core.ledger;

import io.millrace.api.Counts;
import io.millrace.api.Repeatability;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.DefinitionFingerprint;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Rows of the table {@code runs} as records. */
final class RunRows {
    static final String INSERT =
            "INSERT INTO runs (id, pipeline, window_start, window_end, scope, state, definition, file, overrides, mode,"
                    + " source, target, rejects, seed, start_position, started)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";

    private RunRows() {}

    /** The parameters of {@link #INSERT} for a run that begins. */
    static Object[] values(RunRecord run) {
        Optional<TimeWindow> window = run.key().window();
        return new Object[] {
            run.id(),
            run.key().pipeline(),
            window.flatMap(TimeWindow::start).map(Instant::toString).orElse(null),
            window.flatMap(TimeWindow::end).map(Instant::toString).orElse(null),
            run.key().scope(),
            RunState.RUNNING.name(),
            run.definition().toJson(),
            run.file().map(Path::toString).orElse(null),
            ResultJson.write(run.overrides()),
            run.mode().name(),
            run.source(),
            run.target(),
            run.rejects().map(Path::toString).orElse(null),
            run.seed(),
            run.position().orElse(null),
            run.started().toString()
        };
    }

    static RunRecord read(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                key(row),
                RunState.valueOf(row.getString("state")),
                DefinitionFingerprint.parse(row.getString("definition")),
                text(row, "file").map(Path::of),
                ResultJson.readTexts(row.getString("overrides")),
                WriteMode.valueOf(row.getString("mode")),
                row.getString("source"),
                row.getString("target"),
                text(row, "rejects").map(Path::of),
                row.getLong("seed"),
                text(row, "start_position"),
                pin(row),
                Instant.parse(row.getString("started")),
                text(row, "ended").map(Instant::parse),
                text(row, "error"));
    }

    private static RunKey key(ResultSet row) throws SQLException {
        String pipeline = row.getString("pipeline");
        if (row.getString("scope").equals(RunKey.INCREMENT)) {
            return RunKey.increment(pipeline);
        }
        return new RunKey(
                pipeline,
                TimeWindow.between(
                        text(row, "window_start").map(Instant::parse).orElse(null),
                        text(row, "window_end").map(Instant::parse).orElse(null)));
    }

    private static Optional<RunRecord.Pin> pin(ResultSet row) throws SQLException {
        if (row.getString("pin") == null) {
            return Optional.empty();
        }
        return Optional.of(new RunRecord.Pin(
                row.getString("pin"),
                Repeatability.valueOf(row.getString("repeatability")),
                text(row, "next_position"),
                ResultJson.readSchema(row.getString("schema"))));
    }

    /** Six columns of numbers, in the order of {@link Counts}. */
    static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
