package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.TimeWindow;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.extractor.RecordedRejects;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowFilterTest {
    private static Database database;

    @BeforeAll
    static void createTable() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest.table(database, "t")
                .run(
                        "CREATE TABLE t (id int, z timestamptz, plain timestamp, day date)",
                        "INSERT INTO t SELECT i, '2024-01-01 00:00Z'::timestamptz + i * interval '6 h',"
                                + " '2024-01-01 00:00'::timestamp + i * interval '6 h',"
                                + " '2024-01-01'::date + i / 4 FROM generate_series(0, 11) i",
                        "INSERT INTO t VALUES (99)");
    }

    private static List<Object> ids(String column, String start, String end) {
        SourceUnderTest source = SourceUnderTest.table(database, "t");
        source.timeColumn = Optional.of(column);
        Optional<TimeWindow> window = TimeWindow.between(
                start == null ? null : Instant.parse(start), end == null ? null : Instant.parse(end));
        List<Map<String, Object>> rows = source.records(ExtractRequest.of(window, 100), new RecordedRejects());
        return rows.stream().map(row -> row.get("id")).toList();
    }

    @ParameterizedTest
    @CsvSource({"z", "plain"})
    void boundsAreInclusiveBelowAndExclusiveAbove(String column) {
        assertThat(ids(column, "2024-01-01T06:00:00Z", "2024-01-01T18:00:00Z")).containsExactly(1, 2);
        assertThat(ids(column, "2024-01-01T06:00:00.000000001Z", "2024-01-01T18:00:00.000000001Z"))
                .containsExactly(2, 3);
        assertThat(ids(column, null, "2024-01-01T06:00:00Z")).containsExactly(0);
        assertThat(ids(column, "2024-01-03T18:00:00Z", null)).containsExactly(11);
    }

    @Test
    void aDateIsItsMidnight() {
        assertThat(ids("day", "2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z")).containsExactly(4, 5, 6, 7);
        assertThat(ids("day", "2024-01-01T00:00:01Z", "2024-01-02T00:00:01Z")).containsExactly(4, 5, 6, 7);
    }

    @Test
    void rowsWithoutATimeAreCountedAndWarnedOf() {
        SourceUnderTest source = SourceUnderTest.table(database, "t");
        source.timeColumn = Optional.of("z");
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(
                    ExtractRequest.of(TimeWindow.between(Instant.parse("2024-01-01T00:00:00Z"), null), 10));
            assertThat(plan.warnings()).hasSize(1);
            assertThat(plan.warnings().get(0)).startsWith("1 rows of public.t have no z");
        }
    }
}
