package io.millrace.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceTest {
    private final MemoryConnector connector = new MemoryConnector();
    private final Schema schema = Schema.of(Field.of("id", DataType.INT64), Field.of("name", DataType.STRING));
    private final List<Map<String, Object>> rows = IntStream.range(0, 25)
            .mapToObj(i -> Map.<String, Object>of("id", (long) i, "name", "n" + i))
            .toList();

    @BeforeEach
    void fill() {
        connector.tables.put("users", new MemoryConnector.Table(schema, rows));
    }

    private Source source() {
        return Source.of(connector.catalog(), "memory", Map.of("host", "h"));
    }

    @Test
    void extractsEveryRecordOfEverySplitInBatches() {
        try (Source source = source().connect();
                Stream<Map<String, Object>> records = source.extract("users", null, null, 3)) {
            assertThat(records.toList()).isEqualTo(rows);
        }
        assertThat(connector.openExtractors).isZero();
    }

    @Test
    void tellsSchemaAndRowCount() {
        try (Source source = source().connect()) {
            assertThat(source.schema("users")).isEqualTo(schema);
            assertThat(source.rowCount("users")).isEqualTo(25);
        }
        assertThat(connector.openExtractors).isZero();
    }

    @Test
    void isLazyAndClosesItsReaderWithTheStream() {
        try (Source source = source().connect()) {
            Stream<Map<String, Object>> records = source.extract("users");
            assertThat(connector.tables.get("users").opened).isZero();
            assertThat(records.limit(1).toList()).hasSize(1);
            assertThat(connector.tables.get("users").opened).isEqualTo(1);
            assertThat(connector.openExtractors).isEqualTo(1);
            records.close();
            assertThat(connector.openExtractors).isZero();
        }
    }

    @Test
    void disconnectingEndsWhatIsBeingReadLoudly() {
        Source source = source().connect();
        Iterator<Map<String, Object>> records = source.extract("users").iterator();
        records.next();
        source.disconnect();
        assertThat(connector.openExtractors).isZero();
        assertThatThrownBy(records::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disconnected before all records were read");
    }

    @Test
    void refusesToReadBeforeItIsConnected() {
        assertThatThrownBy(() -> source().extract("users"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connect()");
    }

    @Test
    void aRowThatNoRecordCanHoldIsAnErrorUnlessSomebodyTakesIt() {
        connector.tables.get("users").rejectsFirst = true;
        try (Source source = source().connect()) {
            assertThatThrownBy(() -> source.extract("users").toList())
                    .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(ErrorKind.DATA))
                    .hasMessageContaining("extract, column 'id': is no number, value 'x'");
            assertThat(connector.openExtractors).isZero();
            List<RejectedRecord> rejected = new ArrayList<>();
            assertThat(source.onReject(rejected::add).extract("users")).hasSize(24);
            assertThat(rejected).containsExactly(new RejectedRecord("extract", "id", "is no number", "x", Map.of()));
        }
    }

    @Test
    void tellsWrongSettingsAtOnceLikeAPipelineFile() {
        assertThatThrownBy(() -> Source.of(connector.catalog(), "memory", Map.of("hots", "h", "port", 1)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("hots")
                .hasMessageContaining("did you mean 'host'")
                .hasMessageContaining("port");
        assertThatThrownBy(() -> Source.of(connector.catalog(), "memroy", Map.of()))
                .hasMessageContaining("did you mean 'memory'");
    }

    @Test
    void aTableThatIsNotThereIsAUserErrorAndLeavesNothingOpen() {
        try (Source source = source().connect()) {
            assertThatThrownBy(() -> source.extract("nobody")).hasMessageContaining("there is no table nobody");
        }
        assertThat(connector.openExtractors).isZero();
    }
}
