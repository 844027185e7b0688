package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Plans, crashes, resumes and increments while transactions with savepoints and roll-backs insert all the time. */
class ConcurrentWritersTest {
    private static final int WRITERS = 3;
    private static final int ROUNDS = 8;
    private static final int ROWS_PER_ROUND = 300;

    /** Bounds the table. Writers that wait for it do so in mid-transaction, so that some are always open. */
    private final Semaphore budget = new Semaphore(0);

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong nextId = new AtomicLong();

    private Callable<Void> writer(Database database, long seed) {
        return () -> {
            Random random = new Random(seed);
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!done.get()) {
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        Savepoint savepoint = random.nextBoolean() ? connection.setSavepoint() : null;
                        statement.execute("INSERT INTO w VALUES (" + nextId.incrementAndGet() + ")");
                        budget.acquire();
                        if (savepoint != null && random.nextInt(3) == 0) {
                            connection.rollback(savepoint);
                        }
                    }
                    if (random.nextInt(5) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                }
            }
            return null;
        };
    }

    /** What a plain query sees in the snapshot of the plan. */
    private static Set<Object> seenBySnapshot(Database database, Split split) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            statement.execute(
                    "SET TRANSACTION SNAPSHOT '" + SplitPayload.of(split).exported() + "'");
            Set<Object> ids = new HashSet<>();
            try (ResultSet row = statement.executeQuery("SELECT id FROM w")) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        }
    }

    private static List<Object> ids(Extractor extractor, List<Split> splits) {
        List<Object> ids = new ArrayList<>();
        splits.forEach(split -> SourceUnderTest.records(extractor, split).forEach(row -> ids.add(row.get("id"))));
        return ids;
    }

    private interface Rounds {
        void run(Random random, String place) throws Exception;
    }

    private void whileWriting(SourceUnderTest source, Rounds rounds) throws Exception {
        source.run(
                "CREATE TABLE w (id bigint)", "INSERT INTO w SELECT -i FROM generate_series(1, 2000) i", "ANALYZE w");
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(threads.submit(writer(source.database(), seed + i)));
        }
        try {
            Random random = new Random(seed);
            for (int round = 0; round < ROUNDS; round++) {
                budget.release(ROWS_PER_ROUND);
                rounds.run(random, "seed " + seed + ", round " + round);
            }
        } finally {
            done.set(true);
            budget.release(1_000_000);
            threads.shutdown();
        }
        for (Future<Void> writer : writers) {
            writer.get();
        }
    }

    @Test
    void deliversTheSnapshotAndAfterACrashLosesAndDoublesNothing() throws Exception {
        Database database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest source = SourceUnderTest.table(database, "w").splitRows(300);
        source.insertOnly = true;
        AtomicLong tails = new AtomicLong();
        whileWriting(source, (random, place) -> {
            if (crashAndResume(source, random, place)) {
                tails.incrementAndGet();
            }
        });
        assertThat(tails.get()).as("rounds with a transaction open at the plan").isPositive();
    }

    @Test
    void incrementsLoseAndDoubleNothing() throws Exception {
        Database database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest source = SourceUnderTest.table(database, "w").splitRows(300);
        source.incremental = Optional.of(new BySnapshot());
        Increments increments = new Increments(source);
        List<Object> taken = new ArrayList<>();
        whileWriting(source, (random, place) -> taken.addAll(increments.nextIds()));
        assertThat(taken.size())
                .as("rows taken while others were being written")
                .isGreaterThan(2_000);
        taken.addAll(increments.nextIds());
        source.incremental = Optional.empty();
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        source.records().stream().map(row -> row.get("id")).toList());
    }

    private static boolean crashAndResume(SourceUnderTest source, Random random, String place) throws SQLException {
        List<Object> read;
        List<Split> splits;
        Set<Object> expected;
        String pin;
        int finished;
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(100));
            pin = plan.pin();
            splits = SourceUnderTest.splits(plan);
            expected = seenBySnapshot(source.database(), splits.get(0));
            assertThat(ids(extractor, splits)).as(place).containsExactlyInAnyOrderElementsOf(expected);
            finished = random.nextInt(splits.size());
            read = ids(extractor, splits.subList(0, finished));
        }
        boolean tail = splits.get(splits.size() - 1).id().equals("tail");
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(pin)).isEqualTo(PinState.VALID);
            int body = tail ? splits.size() - 1 : splits.size();
            read.addAll(ids(extractor, splits.subList(finished, body)));
            List<Object> late = tail ? ids(extractor, splits.subList(body, splits.size())) : List.of();
            assertThat(expected).as("%s: the body", place).containsAll(read);
            read.addAll(late);
            assertThat(read).as(place).doesNotHaveDuplicates().containsAll(expected);
        }
        return tail;
    }
}
