package io.millrace.core.ledger;

import io.millrace.api.StepTally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows of the table {@code steps}. */
final class StepRows {
    static final String SELECT =
            "SELECT stage, place, label, columns, rows_in, rows_out, nanos FROM steps WHERE run = ?"
                    + " ORDER BY stage, place";

    private StepRows() {}

    static void insert(Connection connection, String runId, List<RunStep> steps) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO steps (run, stage, place, label, columns) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (run, stage, place) DO NOTHING")) {
            for (RunStep step : steps) {
                Statements.bind(
                        insert, runId, step.stage(), step.place(), step.label(), ResultJson.write(step.columns()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Adds what a piece of this split has seen. */
    static void add(Connection connection, String runId, String splitId, List<StepTally> tallies) throws SQLException {
        if (tallies.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE steps SET rows_in = rows_in + ?, rows_out = rows_out + ?, nanos = nanos + ? WHERE run = ?"
                        + " AND stage = (SELECT stage FROM splits WHERE run = ? AND id = ?) AND place = ?")) {
            for (int place = 0; place < tallies.size(); place++) {
                StepTally tally = tallies.get(place);
                Statements.bind(update, tally.rowsIn(), tally.rowsOut(), tally.nanos(), runId, runId, splitId, place);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    static RunStep read(ResultSet row) throws SQLException {
        return new RunStep(
                row.getInt(1),
                row.getInt(2),
                row.getString(3),
                ResultJson.readSchema(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }
}
