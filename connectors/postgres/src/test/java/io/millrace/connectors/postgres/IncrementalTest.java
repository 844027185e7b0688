package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.InvalidSetting;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncrementalTest {
    @Test
    void readsBothWrittenForms() {
        assertThat(Incremental.fromYaml("snapshot")).isEqualTo(new BySnapshot());
        assertThat(Incremental.fromYaml(Map.of("overlap", "90m", "key", List.of("a", "b"))))
                .isEqualTo(new ByOverlap(Duration.ofMinutes(90), List.of("a", "b")));
        for (Map.Entry<String, Duration> text : Map.of(
                        "30s", Duration.ofSeconds(30), "2h", Duration.ofHours(2), "3d", Duration.ofDays(3))
                .entrySet()) {
            assertThat(Incremental.fromYaml(Map.of("overlap", text.getKey(), "key", List.of("a"))))
                    .isEqualTo(new ByOverlap(text.getValue(), List.of("a")));
        }
    }

    @Test
    void saysWhatWouldBeRight() {
        refused("snapshots", "{overlap: 10m, key: [event_id]}");
        refused(Map.of("overlap", "10m", "keys", List.of("a")), "did you mean 'key'");
        refused(Map.of("overlap", "10 minutes", "key", List.of("a")), "10m");
        refused(Map.of("overlap", "0m", "key", List.of("a")), "10m");
        refused(Map.of("overlap", "10m"), "[event_id]");
        refused(Map.of("overlap", "10m", "key", "event_id"), "[event_id]");
        refused(Map.of("overlap", "10m", "key", List.of("a", "a")), "twice");
    }

    private static void refused(Object written, String part) {
        assertThatThrownBy(() -> Incremental.fromYaml(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() throws SQLException {
        Database database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest query = SourceUnderTest.query(database, "SELECT 1 AS id");
        query.incremental = Optional.of(new BySnapshot());
        assertThatThrownBy(query::settings).isInstanceOf(InvalidSetting.class).hasMessageContaining("overlap");
        SourceUnderTest delay = SourceUnderTest.table(database, "t");
        delay.maxDelay = Optional.of(Duration.ofDays(1));
        assertThatThrownBy(delay::settings).isInstanceOf(InvalidSetting.class).hasMessageContaining("snapshot only");
        delay.incremental = Optional.of(new BySnapshot());
        delay.maxDelay = Optional.of(Duration.ZERO);
        assertThatThrownBy(delay::settings).isInstanceOf(InvalidSetting.class).hasMessageContaining("more than zero");
    }
}
