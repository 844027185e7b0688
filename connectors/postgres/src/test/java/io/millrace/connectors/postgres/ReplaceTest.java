package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.CommitId;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.extractor.RecordedRejects;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replacing all rows, or a window's. */
class ReplaceTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("id", DataType.INT64, false), Field.of("ts", DataType.TIMESTAMP));
    private static final Instant DAY = Instant.parse("2024-03-01T00:00:00Z");

    private final TargetUnderTest target = TargetUnderTest.fresh();
    private final RecordedRejects rejects = new RecordedRejects();
    private int runs;

    private static Map<String, Object> row(long id, Instant time) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("ts", time);
        return row;
    }

    private static Instant hour(int hours) {
        return DAY.plus(hours, ChronoUnit.HOURS);
    }

    private static Optional<TimeWindow> window(int fromHour, int toHour) {
        return TimeWindow.between(hour(fromHour), hour(toHour));
    }

    @SafeVarargs
    private void load(Optional<TimeWindow> window, Map<String, Object>... rows) {
        String id = "r-" + ++runs;
        Lineage lineage = new Lineage("tests", id);
        try (StagingLoader loader = target.staging()) {
            loader.validate(SCHEMA);
            var fence = loader.prepare(new LoadRequest(SCHEMA, lineage, window, DAY));
            List<Staged> staged = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                try (StagingWriter writer =
                        loader.open(new WriteTask(lineage, id, "split-" + staged.size(), 0, fence), SCHEMA)) {
                    writer.write(Batch.ofRecords(SCHEMA, List.of(row)), rejects);
                    staged.add(writer.stage());
                }
            }
            loader.commit(new CommitId(lineage, id, 1, fence), staged);
            loader.cleanup(lineage, List.of());
        }
    }

    private List<String> ids() {
        return target.column("SELECT id FROM target ORDER BY id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamptz", "timestamp"})
    void aWindowsRowsAreReplacedAndNoOthers(String type) {
        target.mode(new ReplaceWindow("ts"));
        target.execute("CREATE TABLE target (id bigint, ts " + type + ")");
        load(window(0, 24), row(1, hour(0)), row(2, hour(23)));
        load(window(24, 48), row(3, hour(24)));
        target.execute("INSERT INTO target VALUES (99, NULL)");
        assertThat(ids()).containsExactly("1", "2", "3", "99");
        load(window(0, 24), row(4, hour(5)));
        assertThat(ids()).containsExactly("3", "4", "99");
        load(TimeWindow.between(hour(24), null));
        assertThat(ids()).containsExactly("4", "99");
        assertThat(target.tables()).containsExactly("millrace.fence", "millrace.ledger", "public.target");
    }

    @Test
    void rowsOutsideTheWindowStopTheRunBeforeAnythingChanges() {
        target.mode(new ReplaceWindow("ts"));
        load(window(0, 24), row(1, hour(0)));
        assertThatThrownBy(() -> load(window(0, 24), row(2, hour(1)), row(3, hour(24)), row(4, null)))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("2 of the rows")
                .hasMessageContaining("2024-03-01T00:00:00Z..2024-03-02T00:00:00Z");
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void replaceWindowNeedsAWindowAndATimeColumn() {
        target.mode(new ReplaceWindow("ts"));
        assertThatThrownBy(() -> load(Optional.empty()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("give --start and --end");
        target.mode(new ReplaceWindow("created_at"));
        assertThatThrownBy(() -> target.loader().validate(SCHEMA))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("replace_window.time_column names 'created_at', which the rows do not have");
        target.mode(new ReplaceWindow("id"));
        assertThatThrownBy(() -> target.loader().validate(SCHEMA))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("it must be a timestamp or a date");
    }

    @Test
    void readersSeeTheOldRowsUntilTheCommitAndAreNotHeldUp() throws Exception {
        target.mode(new Overwrite());
        load(Optional.empty(), row(1, DAY), row(2, DAY));
        try (Connection reader = target.database().connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.executeQuery("SELECT 1");
            load(Optional.empty(), row(3, DAY));
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM target")) {
                count.next();
                assertThat(count.getInt(1)).isEqualTo(2);
            }
        }
        assertThat(ids()).containsExactly("3");
    }

    @Test
    void checksAreMadeWhenAPieceIsStaged() {
        target.mode(new Overwrite());
        target.execute("CREATE TABLE target (id bigint CHECK (id > 0), ts timestamptz)");
        load(Optional.empty(), row(1, DAY), row(-1, DAY), row(2, DAY));
        assertThat(ids()).containsExactly("1", "2");
        assertThat(rejects.all()).hasSize(1);
    }

    @Test
    void aConstraintBetweenRowsStopsTheCommitAndLeavesTheOldRows() {
        target.mode(new Overwrite());
        target.execute("CREATE TABLE target (id bigint PRIMARY KEY, ts timestamptz)");
        load(Optional.empty(), row(1, DAY));
        assertThatThrownBy(() -> load(Optional.empty(), row(2, DAY), row(2, DAY)))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("duplicate key value violates unique constraint \"target_pkey\"");
        assertThat(ids()).containsExactly("1");
    }
}
