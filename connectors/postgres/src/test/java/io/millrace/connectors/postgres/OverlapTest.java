package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.extractor.RecordedRejects;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new since the previous increment, by the time column and the keys within an overlap. */
class OverlapTest {
    private SourceUnderTest source;
    private Increments increments;

    @BeforeEach
    void createTable() throws SQLException {
        Database database = EmbeddedPostgres.shared().createDatabase();
        source = SourceUnderTest.query(database, "SELECT * FROM t");
        source.incremental = overlap(10);
        increments = new Increments(source);
        source.run("CREATE TABLE t (id bigint, kind text, created_at timestamptz)");
    }

    private static Optional<Incremental> overlap(long minutes) {
        return Optional.of(new ByOverlap(Duration.ofMinutes(minutes), List.of("id", "kind")));
    }

    private void insert(long id, String kind, String time) {
        source.run("INSERT INTO t VALUES (" + id + ", " + (kind == null ? "NULL" : "'" + kind + "'") + ", '" + time
                + "')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamptz", "timestamp"})
    void takesWhatAppearsLateWithinTheOverlapAndDoublesNothing(String type) {
        source.run("ALTER TABLE t ALTER created_at TYPE " + type);
        insert(1, "a", "2024-01-01 09:00");
        insert(2, "a", "2024-01-01 10:00");
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(1L, 2L);
        insert(3, "a", "2024-01-01 09:55");
        insert(2, "b", "2024-01-01 10:00");
        insert(2, null, "2024-01-01 10:00");
        insert(4, "a", "2024-01-01 10:05");
        RecordedRejects rejects = new RecordedRejects();
        assertThat(increments.next(rejects)).extracting("id").containsExactlyInAnyOrder(3L, 2L, 2L, 4L);
        assertThat(rejects.deduplicated()).isEqualTo(1);
        assertThat(increments.nextIds()).isEmpty();
        insert(5, "a", "2024-01-01 09:50");
        assertThat(increments.nextIds()).as("too late").isEmpty();
    }

    @Test
    void daysOverlapAsAWhole() {
        source.run("ALTER TABLE t ALTER created_at TYPE date");
        insert(1, "a", "2024-01-01");
        assertThat(increments.nextIds()).containsExactly(1L);
        insert(2, "a", "2024-01-01");
        insert(3, "a", "2024-01-02");
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(2L, 3L);
        assertThat(increments.nextIds()).isEmpty();
    }

    @Test
    void beginsWithAnEmptyTableAndCountsWhatNeverComes() {
        assertThat(increments.nextIds()).isEmpty();
        source.run("INSERT INTO t VALUES (8, 'a', NULL), (9, 'a', 'infinity')");
        insert(7, "a", "2999-01-01");
        insert(1, "a", "2024-01-01 10:00");
        assertThat(increments.nextIds()).containsExactly(1L);
        assertThat(increments.warnings()).hasSize(2);
        assertThat(increments.warnings().get(0)).contains("2 rows", "in the future");
        assertThat(increments.warnings().get(1)).contains("1 rows", "no created_at");
        insert(2, "a", "2024-01-01 10:01");
        assertThat(increments.nextIds())
                .as("a row of the future has not moved the position")
                .containsExactly(2L);
    }

    @Test
    void aLongerOverlapReachesNoFurtherBackThanKeysAreKnown() {
        insert(1, "a", "2024-01-01 09:00");
        insert(2, "a", "2024-01-01 10:00");
        increments.next();
        source.incremental = overlap(600);
        insert(3, "a", "2024-01-01 09:55");
        insert(4, "a", "2024-01-01 09:10");
        assertThat(increments.nextIds()).containsExactly(3L);
        insert(5, "a", "2024-01-01 11:00");
        assertThat(increments.nextIds()).containsExactly(5L);
        assertThat(increments.nextIds()).isEmpty();
    }

    @Test
    void refusesAPositionOfAnotherKindOrKey() {
        increments.next();
        source.incremental = Optional.of(new ByOverlap(Duration.ofMinutes(10), List.of("id")));
        assertThatThrownBy(increments::next)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("another key")
                .hasMessageContaining("--full");
    }

    @Test
    void refusesAKeyThatIsNotRead() {
        source.columns("id", "created_at");
        assertThatThrownBy(increments::next)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("'kind'")
                .hasMessageContaining("columns");
        source.incremental = Optional.of(new ByOverlap(Duration.ofMinutes(10), List.of("ident")));
        assertThatThrownBy(increments::next).hasMessageContaining("no column 'ident'");
    }

    @Test
    void aTableIsCutIntoRangesInTheFirstIncrement() {
        source = SourceUnderTest.table(source.database(), "t").splitRows(100);
        source.incremental = overlap(10);
        increments = new Increments(source);
        source.run(
                "INSERT INTO t SELECT i, 'a', '2024-01-01Z'::timestamptz + i * interval '1 s' FROM generate_series(1, 2000) i",
                "ANALYZE t");
        assertThat(increments.nextIds()).hasSize(2000).doesNotHaveDuplicates();
        assertThat(increments.nextIds()).isEmpty();
    }

    @Test
    void inAnyOrderOfArrivalNothingWithinTheOverlapIsLostOrDoubled() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Set<Object> written = new HashSet<>();
        List<Object> taken = new ArrayList<>();
        long id = 0;
        for (int minute = 0; minute < 60; minute++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                // Up to ten minutes behind the newest that anybody can have seen.
                insert(++id, "a", "2024-01-01 10:00Z'::timestamptz + '" + (minute - random.nextInt(10)) + " min");
                written.add(id);
            }
            if (random.nextInt(5) == 0) {
                taken.addAll(increments.nextIds());
            }
        }
        taken.addAll(increments.nextIds());
        assertThat(taken).as("seed " + seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
    }
}
