package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Connector;
import io.millrace.api.InvalidSetting;
import io.millrace.sandbox.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Database NOWHERE = new Database("db", "127.0.0.1", 1, "user", "secret-word");

    private static void refused(String key, String problem, Consumer<SourceUnderTest> change) {
        SourceUnderTest source = SourceUnderTest.table(NOWHERE, "t");
        change.accept(source);
        assertThatThrownBy(source::settings)
                .isInstanceOfSatisfying(InvalidSetting.class, invalid -> assertThat(invalid.key())
                        .isEqualTo(key))
                .hasMessageContaining(problem);
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Connector.class))
                .extracting(Connector::name)
                .contains("postgres");
    }

    @Test
    void refusesCombinationsThatSayTooMuchOrTooLittle() {
        refused("query", "beside table", source -> source.query = Optional.of("SELECT 1"));
        refused("table", "missing", source -> source.table = Optional.empty());
        refused("host", "beside url", source -> source.host = Optional.of("localhost"));
        refused("host", "missing", source -> source.url = Optional.empty());
        refused("database", "missing", source -> {
            source.url = Optional.empty();
            source.host = Optional.of("localhost");
        });
        refused("host", "one host", source -> {
            source.url = Optional.empty();
            source.host = Optional.of("one,two");
            source.databaseName = Optional.of("db");
        });
        refused("columns", "twice", source -> source.columns = List.of("a", "a"));
        refused("split_rows", "at least 1", source -> source.splitRows = 0);
        refused("user", "empty", source -> source.user = " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost/db | must begin with postgresql://",
                "postgresql://localhost | must name the database",
                "postgresql:///db | must name one host",
                "postgresql://me:hush@localhost/db | must not hold a user",
                "postgresql://localhost/db?sslmode=maybe | the modes are",
                "postgresql://localhost/db?socketFactory=x | 'socketFactory'",
                "postgresql://bad host/db | cannot be read"
            })
    void refusesUrls(String url, String problem) {
        refused("url", problem, source -> source.url = Optional.of(url));
        assertThatThrownBy(() -> ServerUrl.parse(url)).hasMessageNotContaining("hush");
    }

    @Test
    void readsAllPartsOfAUrl() {
        SourceUnderTest source = SourceUnderTest.table(NOWHERE, "t");
        source.url = Optional.of("postgresql://[::1]:6000/a%20b?sslmode=verify-full&sslrootcert=ca.pem");
        Server server = source.settings().server(Path.of("/pipelines"));
        assertThat(server.describe()).isEqualTo("postgresql://[::1]:6000/a b");
        assertThat(server.driverProperties())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/pipelines/ca.pem")
                .containsEntry("PGDBNAME", "a b")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("socketTimeout", "60");
        assertThat(source.settings().toString() + server).doesNotContain("secret-word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socketFactory", "loggerFile", "options", "sslmode", "sslSert"})
    void refusesDriverPropertiesThatAreNotOnTheList(String name) {
        refused("properties", "'" + name + "'", source -> source.properties = Map.of(name, "x"));
    }

    @Test
    void aDriverPropertyOnTheListReachesTheDriver() {
        SourceUnderTest source = SourceUnderTest.table(NOWHERE, "t");
        source.properties = Map.of("ApplicationName", "nightly");
        assertThat(source.settings().server(Path.of(".")).driverProperties())
                .containsEntry("ApplicationName", "nightly");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1; | semicolon",
                "DELETE FROM t | begins with 'DELETE'",
                "-- nothing | begins with ''",
                "/* x */ UPDATE t SET a = 1 | begins with 'UPDATE'"
            })
    void refusesQueriesThatCannotBeSubselects(String query, String problem) {
        refused("query", problem, source -> {
            source.table = Optional.empty();
            source.query = Optional.of(query);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "-- why\n with x AS (SELECT 1) SELECT * FROM x", "(SELECT 1)", "values (1)"})
    void acceptsQueriesThatRead(String query) {
        QueryText.check(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"t | public | t", "S.T | S | T", "\"a.b\".\"c\"\"d\" | a.b | c\"d", "my table | public | my table"
            })
    void takesTableNamesLiterally(String text, String schema, String name) {
        assertThat(TableName.parse(text)).isEqualTo(new TableName(schema, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", ".t", "s.", "\"open"})
    void refusesWhatIsNoTableName(String text) {
        refused("table", "not a table's name", source -> source.table = Optional.of(text));
    }
}
