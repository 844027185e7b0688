package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random orders of what several writers and increments do: no version that was committed is lost, none comes twice, none
 * comes that was rolled back. The writers' transactions are open side by side; who acts next is decided by the seed.
 *
 * <p>A part runs in every build; {@code -Dmillrace.interleavings=1000} runs as many as asked for, and
 * {@code -Dmillrace.seed=…} repeats them.
 */
class InterleavingTest {
    private static final int STEPS = 60;
    private static final int WRITERS = 4;

    private static Database database;
    private static final List<ScriptedWriter> WRITING = new ArrayList<>();

    @BeforeAll
    static void connect() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        for (int i = 0; i < WRITERS; i++) {
            WRITING.add(new ScriptedWriter(database.connect(), i));
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        for (ScriptedWriter writer : WRITING) {
            writer.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> losesAndDoublesNothing() {
        long first = Long.getLong("millrace.seed", System.nanoTime());
        int count = Integer.getInteger("millrace.interleavings", 25);
        return IntStream.range(0, count)
                .mapToObj(i -> DynamicTest.dynamicTest("seed " + (first + i), () -> interleave(first + i)));
    }

    private static void interleave(long seed) throws SQLException {
        Random random = new Random(seed);
        SourceUnderTest source = SourceUnderTest.table(database, "w").splitRows(20 + random.nextInt(60));
        source.incremental = Optional.of(new BySnapshot());
        source.run(
                "DROP TABLE IF EXISTS w",
                "CREATE TABLE w (id bigint, version bigint) WITH (fillfactor = " + (10 + random.nextInt(91)) + ")",
                "INSERT INTO w SELECT -i, -i FROM generate_series(1, 40) i",
                "ANALYZE w");
        Set<Object> committed = new HashSet<>();
        for (long i = 1; i <= 40; i++) {
            committed.add(-i);
        }
        List<Object> taken = new ArrayList<>();
        Increments increments = new Increments(source);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(12) == 0) {
                taken.addAll(
                        random.nextInt(3) == 0
                                ? interrupted(source, increments, random, committed)
                                : versions(increments.next()));
            } else {
                WRITING.get(random.nextInt(WRITERS)).act(random, committed);
            }
        }
        for (ScriptedWriter writer : WRITING) {
            writer.end(random.nextBoolean(), committed);
        }
        taken.addAll(versions(increments.next()));
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(committed).as("only what was committed").containsAll(taken);
        assertThat(taken).as("all that is there in the end").containsAll(there());
        assertThat(increments.next()).isEmpty();
    }

    /** An increment whose process dies in the middle; another one goes on, after rows have changed. */
    private static List<Object> interrupted(
            SourceUnderTest source, Increments increments, Random random, Set<Object> committed) {
        List<Object> taken = new ArrayList<>();
        List<Split> unread;
        Plan plan;
        try (Extractor extractor = source.extractor()) {
            plan = extractor.plan(increments.request());
            List<Split> splits = SourceUnderTest.splits(plan);
            int read = splits.isEmpty() ? 0 : random.nextInt(splits.size());
            splits.subList(0, read).forEach(split -> taken.addAll(versions(SourceUnderTest.records(extractor, split))));
            unread = splits.subList(read, splits.size());
        }
        // Rows that no writer has touched: some of what was planned is changed, some is gone.
        long version = -100 - committed.size();
        source.run(
                "UPDATE w SET version = " + version + " WHERE id = " + (-1 - random.nextInt(40)),
                "DELETE FROM w WHERE id = " + (-1 - random.nextInt(40)),
                "VACUUM w",
                "SELECT pg_stat_force_next_flush()");
        committed.add(version);
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(plan.pin())).isNotEqualTo(PinState.RESTART);
            unread.forEach(split -> taken.addAll(versions(SourceUnderTest.records(extractor, split))));
        }
        increments.finished(plan);
        return taken;
    }

    private static List<Object> versions(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("version")).toList();
    }

    private static List<Object> there() throws SQLException {
        List<Object> versions = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM w")) {
            while (row.next()) {
                versions.add(row.getLong(1));
            }
        }
        return versions;
    }
}
