package io.millrace.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Claims;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLedgerTest implements LedgerContract {
    @TempDir
    Path folder;

    private Database database;
    private StateServer server;
    private PostgresLedger ledger;

    @BeforeEach
    void open() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        server =
                StateServer.parse(database.url(), Map.of("PGUSER", database.user(), "PGPASSWORD", database.password()));
        ledger = PostgresLedger.open(server, folder.resolve("here"));
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
        ledger = PostgresLedger.open(server, folder.resolve("here"));
        return ledger;
    }

    @Override
    public Ledger another() {
        return PostgresLedger.open(server, folder.resolve("there"));
    }

    @Override
    public long longSilence() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 31000")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void sql(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + PostgresSchema.NAME + "; " + sql);
        }
    }

    @Test
    void whatALosingOwnerIsWritingIsWrittenBeforeTheNextOneBegins() throws Exception {
        Lease lease = ledger.acquire(KEY);
        ledger.begin(lease, LedgerContract.run("r1", KEY));
        ledger.release(lease);
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            // As far as a transaction of the old owner's comes before it writes.
            writer.setAutoCommit(false);
            statement.execute("SELECT epoch FROM millrace_state.leases FOR SHARE");
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Lease> next = thread.submit(() -> ledger.acquire(KEY));
            try (Connection watcher = database.connect();
                    Statement watch = watcher.createStatement()) {
                boolean waiting = false;
                while (!waiting) {
                    try (ResultSet row =
                            watch.executeQuery("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")) {
                        row.next();
                        waiting = row.getBoolean(1);
                    }
                }
            }
            assertThat(next.isDone()).isFalse();
            writer.commit();
            assertThat(next.get().epoch()).isEqualTo(lease.epoch() + 1);
            thread.shutdown();
        }
    }

    @Test
    void goesOnWhenItsConnectionsAreCut() throws SQLException {
        Lease lease = ledger.acquire(KEY);
        ledger.begin(lease, LedgerContract.run("r1", KEY));
        ledger.planned(
                lease,
                "r1",
                new RunRecord.Pin("p", Repeatability.REPEATABLE, Optional.empty(), SCHEMA),
                List.of(new Split("split-0", 1, "", 1, 1)));
        cutConnections();
        ledger.heartbeat(lease);
        cutConnections();
        PieceResult result = LedgerContract.result("r1", "split-0.0", Counts.ZERO);
        assertThat(ledger.staged(lease, "r1", "split-0", result)).isTrue();
        cutConnections();
        assertThat(ledger.results("r1")).containsExactly(result);
        cutConnections();
        assertThat(ledger.acquire(new RunKey("other", Optional.empty())).epoch())
                .isEqualTo(1);
        cutConnections();
        ledger.changeState(lease, "r1", RunState.DONE, Optional.empty());
        ledger.changeState(lease, "r1", RunState.DONE, Optional.empty());
    }

    private void cutConnections() throws SQLException {
        sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid()");
    }

    @Test
    void filesOfAPieceAreFoundOnAnotherMachine() throws IOException {
        Lease lease = ledger.acquire(KEY);
        RunRecord run = withRejectsInTheStateFolder(LedgerContract.run("r1", KEY));
        ledger.begin(lease, run);
        ledger.planned(
                lease,
                "r1",
                new RunRecord.Pin("p", Repeatability.REPEATABLE, Optional.empty(), SCHEMA),
                List.of(new Split("split-0", 1, "", 1, 1)));
        PieceResult named = LedgerContract.result("r1", "split-0.0", Counts.ZERO);
        PieceResult result = new PieceResult(
                named.task(),
                named.data(),
                named.receipt(),
                Optional.of(new Staged("rejects", 1, "r.jsonl", 1)),
                named.counts(),
                List.of(new Claims("c", 3, "abc")),
                Optional.empty());
        byte[] claims = new byte[9 << 20];
        new Random(1).nextBytes(claims);
        RunLayout here = new RunLayout(folder.resolve("here"), "r1", Optional.empty());
        Files.createDirectories(here.claims());
        Files.createDirectories(here.rejects());
        Files.write(here.claims().resolve("c"), claims);
        Files.writeString(here.rejects().resolve("r.jsonl"), "{}\n");
        ledger.keepFiles(lease, "r1", result);
        ledger.keepFiles(lease, "r1", result);
        ledger.staged(lease, "r1", "split-0", result);

        RunLayout there = new RunLayout(folder.resolve("there"), "r1", Optional.empty());
        try (Ledger another = another()) {
            another.fetchFiles(run);
            assertThat(there.claims().resolve("c")).hasBinaryContent(claims);
            assertThat(there.rejects().resolve("r.jsonl")).hasContent("{}");
        }
        ledger.changeState(lease, "r1", RunState.DONE, Optional.empty());
        Files.delete(there.claims().resolve("c"));
        Files.delete(there.rejects().resolve("r.jsonl"));
        try (Ledger another = another()) {
            another.fetchFiles(run);
            assertThat(there.claims().resolve("c")).as("not needed any more").doesNotExist();
            assertThat(there.rejects().resolve("r.jsonl")).hasContent("{}");
        }
    }

    @Test
    void tablesToLookUpInAreFoundOnAnotherMachineUntilTheRunIsDone() throws IOException {
        Lease lease = ledger.acquire(KEY);
        RunRecord run = LedgerContract.run("r1", KEY);
        ledger.begin(lease, run);
        Path here = new RunLayout(folder.resolve("here"), "r1", Optional.empty()).lookups();
        Files.createDirectories(here);
        for (String content : List.of("read first", "read again")) {
            Files.writeString(here.resolve("enrich.rows"), content);
            Files.writeString(here.resolve("enrich.json"), "about what was " + content);
            Files.writeString(here.resolve(".enrich-2.reading"), "half");
            ledger.keepLookups(lease, "r1");
        }
        Path there = new RunLayout(folder.resolve("there"), "r1", Optional.empty()).lookups();
        try (Ledger another = another()) {
            another.fetchFiles(run);
            assertThat(there.resolve("enrich.rows")).hasContent("read again");
            assertThat(there.resolve("enrich.json")).hasContent("about what was read again");
            assertThat(there.resolve(".enrich-2.reading")).doesNotExist();
        }
        ledger.changeState(lease, "r1", RunState.DONE, Optional.empty());
        Files.delete(there.resolve("enrich.rows"));
        Files.delete(there.resolve("enrich.json"));
        try (Ledger another = another()) {
            another.fetchFiles(run);
            assertThat(there.resolve("enrich.rows")).as("not needed any more").doesNotExist();
            assertThat(there.resolve("enrich.json"))
                    .as("tells what the run has seen")
                    .exists();
        }
    }

    private static RunRecord withRejectsInTheStateFolder(RunRecord run) {
        return new RunRecord(
                run.id(),
                run.key(),
                run.state(),
                run.definition(),
                run.file(),
                run.overrides(),
                run.mode(),
                run.source(),
                run.target(),
                Optional.empty(),
                run.seed(),
                run.position(),
                run.pin(),
                run.started(),
                run.ended(),
                run.error());
    }

    @Test
    void manyProcessesMakeTheTablesTogether() throws Exception {
        sql("DROP SCHEMA millrace_state CASCADE");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> opened = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            opened.add(threads.submit(() -> another().close()));
        }
        for (Future<?> one : opened) {
            one.get();
        }
        threads.shutdown();
        assertThat(ledger.acquire(KEY).epoch()).isEqualTo(1);
    }

    @Test
    void refusesTablesOfANewerVersion() throws SQLException {
        sql("UPDATE version SET number = 99");
        assertThatThrownBy(this::another)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("newer Millrace");
    }

    @Test
    void aRefusedLoginIsAClearErrorWithoutThePassword() {
        StateServer wrong =
                StateServer.parse(database.url().replace("postgresql://", "postgresql://nobody:s3cret%40x@"), Map.of());
        assertThatThrownBy(() -> PostgresLedger.open(wrong, folder))
                .isInstanceOfSatisfying(MillraceException.class, denied -> assertThat(denied.kind())
                        .isEqualTo(ErrorKind.DENIED))
                .hasMessageContaining("PGPASSWORD")
                .hasMessageNotContaining("s3cret");
        assertThat(wrong.toString()).doesNotContain("s3cret").doesNotContain("nobody");
    }

    @Test
    void aRoleThatMayOnlyReadIsToldWhatItNeeds() throws SQLException {
        sql("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'reader'");
        StateServer reader = StateServer.parse(database.url(), Map.of("PGUSER", "reader", "PGPASSWORD", "reader"));
        assertThatThrownBy(() -> {
                    try (Ledger opened = PostgresLedger.open(reader, folder)) {
                        opened.acquire(KEY);
                    }
                })
                .isInstanceOfSatisfying(MillraceException.class, denied -> assertThat(denied.kind())
                        .isEqualTo(ErrorKind.DENIED))
                .hasMessageContaining("millrace_state");
    }
}
