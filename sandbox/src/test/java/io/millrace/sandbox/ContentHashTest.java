package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final List<EventColumn> ALL = List.of(EventColumn.values());

    @Test
    void isTheSameInDuckDb() throws Exception {
        EventGenerator generator = EventGenerator.of(2_000, 17, Dirt.heavy());
        String columns = Arrays.stream(EventColumn.values())
                .map(column -> column.columnName() + " "
                        + (column == EventColumn.TS ? "TIMESTAMP WITH TIME ZONE" : column.sqlType()))
                .collect(Collectors.joining(", "));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            duck.createStatement().execute("CREATE TABLE clean (" + columns + ")");
            String marks = String.join(", ", Collections.nCopies(ALL.size(), "?"));
            try (PreparedStatement insert = duck.prepareStatement("INSERT INTO clean VALUES (" + marks + ")")) {
                for (Iterator<CleanEvent> events = generator.cleanEvents(); events.hasNext(); ) {
                    insert(insert, events.next());
                }
            }
            try (ResultSet hash = duck.createStatement().executeQuery(ContentHash.duckDbQuery("clean", ALL))) {
                hash.next();
                assertThat(hash.getString(1)).isEqualTo(ContentHash.hexadecimal(generator.contentHash()));
            }
        }
    }

    private static void insert(PreparedStatement insert, CleanEvent event) throws Exception {
        for (EventColumn column : ALL) {
            Object cell = event.cell(column);
            insert.setObject(column.ordinal() + 1, cell instanceof Instant moment ? moment.toString() : cell);
        }
        insert.execute();
    }

    @Test
    void doesNotDependOnOrderButOnEveryCellAndRow() {
        String a = ContentHash.canonicalText(1L, "a", null, 0.5, Instant.parse("2024-03-01T00:00:00.000001Z"));
        String b = ContentHash.canonicalText(2L, "b", "", 4.3, Instant.EPOCH);
        assertThat(a).isEqualTo("1\u001Fa\u001F\\N\u001F500000\u001F1709251200000001");
        assertThat(b).isEqualTo("2\u001Fb\u001F\u001F4300000\u001F0");
        assertThat(hash(a, b)).isEqualTo(hash(b, a)).isNotEqualTo(hash(a, b, b)).isNotEqualTo(hash(a));
    }

    @Test
    void refusesCellsItHasNoTextFor() {
        assertThatThrownBy(() -> ContentHash.canonicalText(BigDecimal.ONE)).hasMessageContaining("BigDecimal");
    }

    private static long hash(String... rows) {
        ContentHash hash = new ContentHash();
        Arrays.stream(rows).forEach(hash::add);
        assertThat(hash.rows()).isEqualTo(rows.length);
        return hash.value();
    }
}
