package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;

/** For tests of plans whose process is gone: a table in a database of its own, and what was read of it. */
abstract class InterruptedRuns {
    static final int ROWS = 3_000;

    Database database;
    SourceUnderTest source;

    @BeforeEach
    void createTable() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        source = SourceUnderTest.table(database, "t").splitRows(400);
        source.run(
                "CREATE TABLE t (id bigint, note text) WITH (autovacuum_enabled = off, fillfactor = 50)",
                "INSERT INTO t SELECT i, 'as planned' FROM generate_series(1, " + ROWS + ") i",
                "ANALYZE t");
    }

    /** A plan of which a process had read some splits when it died. */
    record Interrupted(String pin, List<Split> unread, List<Map<String, Object>> read) {}

    Interrupted interrupted(int splitsRead) {
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(100));
            assertThat(plan.repeatability()).isEqualTo(Repeatability.REPEATABLE);
            List<Split> splits = SourceUnderTest.splits(plan);
            assertThat(splits.size()).isGreaterThan(splitsRead + 2);
            List<Map<String, Object>> read = new ArrayList<>();
            splits.subList(0, splitsRead).forEach(split -> read.addAll(SourceUnderTest.records(extractor, split)));
            return new Interrupted(plan.pin(), splits.subList(splitsRead, splits.size()), read);
        }
    }

    PinState check(Interrupted run) {
        try (Extractor extractor = source.extractor()) {
            return extractor.check(run.pin);
        }
    }

    List<Object> resumed(Interrupted run) {
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(run.pin)).isEqualTo(PinState.VALID);
            List<Map<String, Object>> all = new ArrayList<>(run.read);
            run.unread.forEach(split -> all.addAll(SourceUnderTest.records(extractor, split)));
            return all.stream().map(row -> row.get("id")).toList();
        }
    }

    static List<Object> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).<Object>mapToObj(n -> n).toList();
    }
}
