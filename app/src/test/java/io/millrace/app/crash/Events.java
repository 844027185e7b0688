package io.millrace.app.crash;

import io.millrace.sandbox.Database;
import io.millrace.sandbox.Dirt;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EventGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database with generated events in {@code public.user_behaviors}, and what the pipeline must make of them. Beside them
 * {@code public.older}: other events under equal ids, of which those of type refund are in no other table.
 *
 * @param database of its own: whoever writes to a database can make a resume of it begin anew
 */
public record Events(Database database, EventGenerator generator) {
    /** Rows of type {@code refund} in {@code public.older}. */
    static final int REFUNDS = 40;

    /** Makes the database on the shared server and fills it. */
    public static Events load(long rows, long seed) throws SQLException {
        return load(EmbeddedPostgres.shared().createDatabase(), rows, seed);
    }

    /** Fills an empty database. */
    public static Events load(Database database, long rows, long seed) throws SQLException {
        EventGenerator generator = EventGenerator.of(rows, seed, Dirt.defaults());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            generator.loadEvents(connection, EventGenerator.EVENTS_TABLE);
            EventGenerator.of(500, seed + 1, Dirt.none()).loadEvents(connection, "public.older");
            statement.execute("UPDATE public.older SET event_type = 'refund' WHERE event_id IN"
                    + " (SELECT event_id FROM public.older ORDER BY event_id LIMIT " + REFUNDS + ")");
        }
        return new Events(database, generator);
    }
}
