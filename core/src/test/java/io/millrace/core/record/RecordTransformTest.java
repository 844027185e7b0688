package io.millrace.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.clean.CleanFactory;
import io.millrace.core.transform.clean.CleanSettings;
import io.millrace.core.transform.clean.Conversion;
import io.millrace.core.transform.clean.NullPolicy;
import io.millrace.core.transform.clean.StringCleaning;
import io.millrace.testkit.transform.RecordedRejects;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTransformTest {
    @Test
    void cleansOneRecordAtATime() {
        RecordedRejects rejects = new RecordedRejects();
        CleanSettings settings = new CleanSettings(
                StringCleaning.DEFAULT,
                Map.of("category", new NullPolicy.Default("unknown")),
                Map.of("rating", Conversion.fromYaml("float64")),
                Map.of());
        try (RecordTransform clean = RecordTransform.of(new CleanFactory().create(settings), null, rejects)) {
            assertThat(clean.output()).isEmpty();
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("id", 7);
            record.put("category", null);
            record.put("rating", " 4.5 ");
            assertThat(clean.apply(record)).contains(Map.of("id", 7L, "category", "unknown", "rating", 4.5));
            assertThat(clean.apply(Map.of("id", 8, "category", " a  b ", "rating", "many")))
                    .isEmpty();
            assertThat(clean.applyAll(List.of(Map.of("id", 9, "category", " a  b ", "rating", "1"))))
                    .containsExactly(Map.of("id", 9L, "category", "a b", "rating", 1.0));
            assertThat(clean.output().orElseThrow())
                    .hasToString("(id int64, category string not null, rating float64)");
        }
        assertThat(rejects.rejected()).hasSize(1);
        assertThat(rejects.rejected().get(0).column()).isEqualTo("rating");
    }

    @Test
    void infersTheTypeThatHoldsAllValues() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("int", 1);
        one.put("float", 1);
        one.put("decimal", BigInteger.TEN);
        one.put("text", 'x');
        one.put("time", OffsetDateTime.parse("2024-01-02T03:04:05+08:00"));
        one.put("date", LocalDate.EPOCH);
        one.put("list", Arrays.asList(1, null));
        one.put("nothing", null);
        Map<String, Object> other = new HashMap<>(one);
        other.put("int", (short) 2);
        other.put("float", 2.5f);
        other.put("decimal", new BigDecimal("1.25"));
        other.put("text", "y");
        other.put("time", Instant.EPOCH);
        other.put("list", List.of(0.5));
        other.put("late", true);
        Schema schema = RecordSchema.infer(List.of(one, other));
        assertThat(schema)
                .hasToString("(int int64, float float64, decimal decimal(38,2), text string, time timestamp, date date,"
                        + " list list(float64), nothing string, late boolean)");
        List<Map<String, Object>> records =
                RecordSchema.batch(schema, List.of(one, other)).records();
        assertThat(records.get(0))
                .containsEntry("float", 1.0)
                .containsEntry("decimal", new BigDecimal("10.00"))
                .containsEntry("time", Instant.parse("2024-01-01T19:04:05Z"))
                .containsEntry("list", Arrays.asList(1.0, null))
                .containsEntry("late", null);
        assertThat(records.get(1)).containsEntry("int", 2L).containsEntry("late", true);
    }

    @Test
    void namesTheColumnWhoseValuesHaveNoCommonType() {
        assertThatThrownBy(() -> RecordSchema.infer(List.of(Map.of("a", 1), Map.of("a", "x"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("column 'a' holds int64 in one record and string in another");
        assertThatThrownBy(() -> RecordSchema.infer(List.of(Map.of("a", LocalDateTime.MIN))))
                .hasMessageContaining("column 'a' holds a java.time.LocalDateTime");
    }

    @Test
    void tellsTheFirstRecordOfEachKey() {
        List<Map<String, Object>> records = List.of(Map.of("id", 1), Map.of("id", 1), Map.of("id", 2));
        RecordDeduplicator deduplicator =
                new RecordDeduplicator(new Deduplicate(List.of("id")), RecordSchema.infer(records));
        assertThat(records.stream().map(deduplicator::isFirst)).containsExactly(true, false, true);
        deduplicator.reset();
        assertThat(deduplicator.isFirst(records.get(0))).isTrue();
    }
}
