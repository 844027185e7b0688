package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopyRowsTest {
    /** Notices come between rows, in messages of their own, and rows larger than the buffer between small ones. */
    @Test
    void readsRowsBetweenOtherMessages() throws Exception {
        Database database = EmbeddedPostgres.shared().createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE FUNCTION noisy(i int) RETURNS int LANGUAGE plpgsql AS $$"
                    + " BEGIN IF i % 3 = 0 THEN RAISE NOTICE 'row %', i; END IF; RETURN i; END $$");
        }
        SourceUnderTest source = SourceUnderTest.query(
                database,
                "SELECT noisy(i) AS number, CASE WHEN i % 97 = 0 THEN repeat('x', i * 1000) ELSE i::text END AS text"
                        + " FROM pg_catalog.generate_series(1, 2000) AS i");
        List<Integer> numbers = IntStream.rangeClosed(1, 2000).boxed().toList();
        assertThat(source.records()).extracting(row -> row.get("number")).isEqualTo(numbers);
        assertThat(source.records())
                .extracting(row -> ((String) row.get("text")).length())
                .isEqualTo(numbers.stream()
                        .map(i -> i % 97 == 0 ? i * 1000 : i.toString().length())
                        .toList());
    }
}
