package io.millrace.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Connector;
import io.millrace.core.pipeline.Catalog;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connectors take a bare name for. */
class NamesTest {
    private static final Map<String, Connector> CONNECTORS = Catalog.load().connectors();

    private static Map<String, String> source(String name) {
        return CONNECTORS.get("postgres").source().orElseThrow().settingsFor(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "  select *\nfrom users",
                "-- all\nSELECT\t1",
                "(SELECT 1) UNION (SELECT 2)",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "VALUES (1)",
                "SELECT*FROM users",
                "/* c */ select'x'"
            })
    void postgresReadsQueries(String query) {
        assertThat(source(query)).isEqualTo(Map.of("query", query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"users", "public.users", "select", "selected_items", "values.items", "with-dash", "SELECTION"})
    void postgresReadsTables(String table) {
        assertThat(source(table)).isEqualTo(Map.of("table", table));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lake/events", "events.parquet"})
    void parquetWritesFolders(String folder) {
        assertThat(CONNECTORS.get("parquet").target().orElseThrow().settingsFor(folder))
                .isEqualTo(Map.of("path", folder));
    }
}
