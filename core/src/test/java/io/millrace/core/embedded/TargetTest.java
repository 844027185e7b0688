package io.millrace.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final Schema SCHEMA =
            Schema.of(Field.of("id", DataType.INT64), new Field("name", DataType.STRING, false));

    private final MemoryConnector connector = new MemoryConnector();

    private Target target() {
        return Target.of(connector.catalog(), "memory", Map.of("path", "out"));
    }

    private List<Map<String, Object>> visible() {
        return connector.folders.getOrDefault("out", List.of());
    }

    @Test
    void showsNothingBeforeTheCommitAndEverythingAfterIt() {
        try (Target target = target()) {
            target.createTableIfNotExists(SCHEMA);
            assertThat(target.load(Map.of("id", 1, "name", "a"))).isTrue();
            assertThat(target.loadBatch(List.of(Map.of("id", 2L, "name", "b"), Map.of("id", 3L, "name", "c"))))
                    .isEqualTo(new LoadResult(2, 0, List.of()));
            assertThat(visible()).isEmpty();
            target.commit();
            assertThat(visible()).hasSize(3).contains(Map.of("id", 1L, "name", "a"));
            target.load(Map.of("id", 4, "name", "d"));
            target.commit();
            target.commit();
            assertThat(visible()).hasSize(4);
        }
    }

    @Test
    void closingWithoutACommitDiscards() {
        try (Target target = target()) {
            target.load(Map.of("id", 1));
        }
        try (Target target = target()) {
            target.createTableIfNotExists(SCHEMA);
            target.commit();
        }
        assertThat(visible()).isEmpty();
    }

    @Test
    void countsRecordsThatFailAndSaysWhy() {
        try (Target target = target()) {
            target.createTableIfNotExists(SCHEMA);
            LoadResult result = target.loadBatch(List.of(
                    Map.of("id", 1, "name", "a"),
                    Map.of("id", "x", "name", "b"),
                    Map.of("id", 3),
                    Map.of("id", 4, "name", "d", "mane", "e"),
                    Map.of("name", "no key")));
            assertThat(result.loaded()).isEqualTo(1);
            assertThat(result.failed()).isEqualTo(4);
            assertThat(result.rejected())
                    .extracting(RejectedRecord::summary)
                    .containsExactly(
                            "load: column 'id': a String is not a value of type int64",
                            "load: column 'name' is null, which it must not be",
                            "load: there is no column 'mane' in " + SCHEMA,
                            "load, column 'id': is the target's key and null");
            assertThat(target.load(Map.of("id", "x", "name", "b"))).isFalse();
            target.commit();
            assertThat(visible()).hasSize(1);
        }
    }

    @Test
    void tellsTheColumnsFromTheFirstBatch() {
        try (Target target = target()) {
            assertThat(target.loadBatch(List.of(Map.of("id", 1), Map.of("id", 2, "rating", 1.5)))
                            .loaded())
                    .isEqualTo(2);
            assertThatThrownBy(() -> target.createTableIfNotExists(SCHEMA))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commit or close first");
        }
    }

    @Test
    void aCommitThatFailsMayBeRepeated() {
        connector.failingCommits = 1;
        try (Target target = target()) {
            target.load(Map.of("id", 1));
            assertThatThrownBy(target::commit).isInstanceOf(MillraceException.class);
            assertThatThrownBy(() -> target.load(Map.of("id", 2)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only commit again");
            target.commit();
        }
        assertThat(visible()).hasSize(1);
    }

    @Test
    void afterAFailedWriteNothingCanBeCommitted() {
        try (Target target = target()) {
            target.load(Map.of("id", 1));
            connector.failingWrites = true;
            assertThatThrownBy(() -> target.load(Map.of("id", 2))).hasMessageContaining("on purpose");
            connector.failingWrites = false;
            assertThatThrownBy(target::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("close the target");
        }
        assertThat(visible()).isEmpty();
    }

    @Test
    void settingsAreCheckedAtOnce() {
        assertThatThrownBy(() -> Target.of(connector.catalog(), "memory", Map.of("paht", "x")))
                .hasMessageContaining("did you mean 'path'");
    }
}
