package io.millrace.connectors.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One session that inserts, updates and deletes rows of its own, in transactions with savepoints and in blocks that catch
 * their exceptions, and knows which versions it has committed. It touches nobody else's rows, and so never waits.
 */
final class ScriptedWriter implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;
    private final int number;
    private long nextVersion;
    private boolean open;
    /** Versions written in the transaction, from the outermost savepoint inwards. */
    private final Deque<List<Long>> written = new ArrayDeque<>();

    ScriptedWriter(Connection connection, int number) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
        this.number = number;
    }

    /** Does one thing; what that commits is added. */
    void act(Random random, Set<Object> committed) throws SQLException {
        if (!open) {
            statement.execute("BEGIN");
            open = true;
            written.push(new ArrayList<>());
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> insert();
            case 3 -> {
                statement.execute(
                        "UPDATE w SET version = " + version() + " WHERE ctid = (SELECT ctid FROM w WHERE id = " + number
                                + " ORDER BY version DESC OFFSET " + random.nextInt(4) + " LIMIT 1)");
                // Where there was no such row, the version was never written.
                if (statement.getUpdateCount() == 0) {
                    written.peek().remove(written.peek().size() - 1);
                }
            }
            case 4 -> statement.execute("DELETE FROM w WHERE ctid = (SELECT ctid FROM w WHERE id = " + number
                    + " ORDER BY version LIMIT 1)");
            case 5 -> {
                statement.execute("SAVEPOINT s" + written.size());
                written.push(new ArrayList<>());
            }
            case 6 -> endSavepoint(random.nextBoolean());
            case 7 -> exceptionBlock(random.nextBoolean());
            case 8 -> end(true, committed);
            default -> {
                if (random.nextInt(3) == 0) {
                    end(random.nextBoolean(), committed);
                }
            }
        }
    }

    private long version() {
        long version = ++nextVersion * 10 + number;
        written.peek().add(version);
        return version;
    }

    private void insert() throws SQLException {
        statement.execute("INSERT INTO w VALUES (" + number + ", " + version() + ")");
    }

    private void endSavepoint(boolean release) throws SQLException {
        if (written.size() == 1) {
            return;
        }
        List<Long> inner = written.pop();
        if (release) {
            statement.execute("RELEASE SAVEPOINT s" + written.size());
            written.peek().addAll(inner);
        } else {
            statement.execute("ROLLBACK TO SAVEPOINT s" + written.size());
            statement.execute("RELEASE SAVEPOINT s" + written.size());
        }
    }

    private void exceptionBlock(boolean fails) throws SQLException {
        long inside = version();
        statement.execute("DO $$ BEGIN BEGIN INSERT INTO w VALUES (" + number + ", " + inside + ");"
                + (fails ? " PERFORM 1 / 0;" : "") + " EXCEPTION WHEN division_by_zero THEN NULL; END; END $$");
        if (fails) {
            written.peek().remove(inside);
        }
    }

    /** Ends the transaction, where one is open. */
    void end(boolean commit, Set<Object> committed) throws SQLException {
        if (!open) {
            return;
        }
        statement.execute(commit ? "COMMIT" : "ROLLBACK");
        if (commit) {
            written.forEach(committed::addAll);
        }
        written.clear();
        open = false;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
