package io.millrace.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest implements LedgerContract {
    @TempDir
    Path folder;

    private Path state;
    private SqliteLedger ledger;

    @BeforeEach
    void open() {
        state = folder.resolve(".millrace");
        ledger = SqliteLedger.open(state);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Ledger reopen() {
        ledger.close();
        ledger = SqliteLedger.open(state);
        return ledger;
    }

    @Test
    void keepsTheStateFolderForItsOwnersEyes() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
    }

    @Test
    void bringsALedgerOfTheFirstVersionUpToDate() throws SQLException {
        ledger.close();
        sql("DROP INDEX pieces_by_split");
        sql("ALTER TABLE runs DROP COLUMN start_position");
        sql("ALTER TABLE splits DROP COLUMN stage");
        sql("ALTER TABLE splits DROP COLUMN section");
        sql("DROP TABLE steps");
        sql("DROP TABLE attempts");
        sql("PRAGMA user_version = 1");
        sql("INSERT INTO runs (id, pipeline, scope, state, definition, overrides, mode, source, target, seed, started)"
                + " VALUES ('old', 'clean', 'all', 'DONE', '" + DEFINITION + "', '[]', 'APPEND', 's', 't', 1,"
                + " '2025-01-01T00:00:00Z')");
        ledger = SqliteLedger.open(state);
        assertThat(ledger.latest(KEY).orElseThrow().position()).isEmpty();
    }

    @Test
    void refusesALedgerOfANewerVersion() throws SQLException {
        sql("PRAGMA user_version = 99");
        ledger.close();
        assertThatThrownBy(() -> SqliteLedger.open(state))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("newer Millrace");
    }

    @Test
    void aFileInPlaceOfTheFolderIsAClearError() throws IOException {
        Path file = Files.createFile(folder.resolve("occupied"));
        assertThatThrownBy(() -> SqliteLedger.open(file))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--state");
    }

    @Override
    public Ledger another() {
        return SqliteLedger.open(state);
    }

    @Override
    public long longSilence() {
        return Instant.now().toEpochMilli() - 31_000;
    }

    @Override
    public void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
