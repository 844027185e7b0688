package io.millrace.connectors.postgres;

import io.millrace.api.Lineage;
import io.millrace.api.Staged;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * The table in the schema millrace where a lineage stages its rows, in the form of the target and logged like it, so that
 * staged pieces outlive a crash of the server. One more column tells attempts apart. Immutable.
 */
final class StageTable {
    static final String CONNECTOR = "postgres";
    static final int VERSION = 1;

    private static final int NAME_BYTES = 16;
    private static final String ATTEMPT = Sql.identifier("_millrace_attempt");

    private final String name;
    private final TableName target;

    private StageTable(String name, TableName target) {
        this.name = name;
        this.target = target;
    }

    static StageTable of(Lineage lineage, TableName target) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((StateTables.name(lineage) + "\n" + target.quoted()).getBytes(StandardCharsets.UTF_8));
            return new StageTable("stage_" + HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES)), target);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String name() {
        return name;
    }

    String quoted() {
        return StateTables.SCHEMA + "." + Sql.identifier(name);
    }

    void create(Session session) throws SQLException {
        session.execute("CREATE TABLE IF NOT EXISTS " + quoted() + " (LIKE " + target.quoted()
                + " INCLUDING CONSTRAINTS INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY, " + ATTEMPT
                + " bigint NOT NULL)");
    }

    boolean exists(Session session) throws SQLException {
        return session.row("SELECT pg_catalog.to_regclass(?) IS NOT NULL", row -> row.getBoolean(1), quoted());
    }

    /** The COPY that ends each row with its attempt's number. */
    GuardedCopy.Statement copy(Collection<String> columns) {
        return new GuardedCopy.Statement(
                "COPY " + quoted() + " ("
                        + columns.stream()
                                .map(column -> Sql.identifier(column) + ", ")
                                .collect(Collectors.joining())
                        + ATTEMPT + ") FROM STDIN (FORMAT binary)",
                name);
    }

    /** A condition on {@link #quoted}; parameter: {@link #attempts}. */
    static String ofAttempts() {
        return ATTEMPT + " = ANY (?::bigint[])";
    }

    static String attempts(Collection<Staged> pieces) {
        return pieces.stream()
                .map(piece -> Long.toString(StateText.parse(piece.payload()).number("attempt")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    static Staged staged(long attempt, long rows) {
        return new Staged(
                CONNECTOR, VERSION, new StateText().put("attempt", attempt).toString(), rows);
    }

    /** Removes the rows of all other attempts, and the table where no attempt is left. */
    void removeAllBut(Session session, Collection<Staged> live) throws SQLException {
        if (live.isEmpty() && drop(session)) {
            return;
        }
        session.update("DELETE FROM " + quoted() + " WHERE NOT " + ofAttempts(), attempts(live));
    }

    /** Removes the rows of these attempts, and the table where no other attempt is left. */
    void remove(Session session, Collection<Staged> pieces) throws SQLException {
        String others = "SELECT EXISTS (SELECT 1 FROM " + quoted() + " WHERE NOT " + ofAttempts() + ")";
        if (session.row(others, row -> row.getBoolean(1), attempts(pieces)) || !drop(session)) {
            session.update("DELETE FROM " + quoted() + " WHERE " + ofAttempts(), attempts(pieces));
        }
    }

    /** False where somebody, a fenced writer for instance, still uses the table. */
    private boolean drop(Session session) throws SQLException {
        session.execute("SAVEPOINT millrace_drop");
        try {
            session.rows("SELECT pg_catalog.set_config('lock_timeout', '2s', true)", row -> row);
            session.execute("DROP TABLE " + quoted());
            return true;
        } catch (SQLException failure) {
            if (!ServerErrors.state(failure).equals("55P03")) {
                throw failure;
            }
            session.execute("ROLLBACK TO SAVEPOINT millrace_drop");
            return false;
        }
    }
}
