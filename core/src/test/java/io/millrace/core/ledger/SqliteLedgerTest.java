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
    void takesOverFromADeadProcessOfThisHost() throws SQLException {
        Lease lease = ledger.acquire(KEY);
        sql("UPDATE leases SET pid = 999999999");
        assertThat(ledger.acquire(KEY).epoch()).isEqualTo(lease.epoch() + 1);
    }

    @Test
    void takesOverFromAReusedPid() throws SQLException {
        Lease lease = ledger.acquire(KEY);
        sql("UPDATE leases SET process_start = process_start - 5000");
        assertThat(ledger.acquire(KEY).epoch()).isEqualTo(lease.epoch() + 1);
    }

    @Test
    void waitsForAnotherHostUntilItsHeartbeatIsThirtySecondsOld() throws SQLException {
        Lease lease = ledger.acquire(KEY);
        sql("UPDATE leases SET host = 'elsewhere', pid = 999999999");
        assertThatThrownBy(() -> ledger.acquire(KEY)).hasMessageContaining("elsewhere");
        sql("UPDATE leases SET heartbeat = " + (Instant.now().toEpochMilli() - 31_000));
        assertThat(ledger.acquire(KEY).epoch()).isEqualTo(lease.epoch() + 1);
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

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
