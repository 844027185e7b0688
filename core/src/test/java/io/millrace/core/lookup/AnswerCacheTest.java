package io.millrace.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ByteSize;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Look-ups by key: each key is asked for once while its answer is fresh. */
class AnswerCacheTest {
    private static final Schema ITEMS = Schema.of(Field.of("id", DataType.INT64), Field.of("title", DataType.STRING));
    private static final Schema KEYS = Schema.of(Field.of("id", DataType.INT64));

    private final MemoryTables tables = new MemoryTables();
    private long now = Long.MAX_VALUE - 5;

    private CachedLookup lookup(CacheSettings settings) {
        return lookup(new AnswerCache(settings, () -> now));
    }

    private CachedLookup lookup(AnswerCache cache) {
        LookupSource.ByKey source = (LookupSource.ByKey) tables.byKey("items");
        KeyedSchema schema = new KeyedSchema(KEYS, ITEMS.project(List.of("title")), "tables, asked by id");
        return new CachedLookup(() -> source.open(MemoryTables.CONTEXT), schema, cache, new LookupCounter());
    }

    private void items(int count, String prefix) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            rows.add(Map.of("id", id, "title", prefix + id));
        }
        tables.put("items", ITEMS, rows);
    }

    private static String ask(CachedLookup lookup, Long... ids) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Long id : ids) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("id", id);
            records.add(record);
        }
        BitSet missing = new BitSet();
        Batch answers = lookup.find(Batch.ofRecords(KEYS, records), missing);
        List<String> titles = new ArrayList<>();
        for (int row = 0; row < answers.rowCount(); row++) {
            Object title = answers.column("title").value(row);
            assertThat(missing.get(row)).isEqualTo(title == null);
            titles.add(String.valueOf(title));
        }
        return String.join(" ", titles);
    }

    private static CacheSettings settings(String size, int ttl, int missingTtl) {
        return new CacheSettings(ByteSize.parse(size), Duration.ofSeconds(ttl), Duration.ofSeconds(missingTtl));
    }

    @Test
    void asksForEachKeyOfABatchOnceAndForNullNever() {
        items(3, "t");
        CachedLookup lookup = lookup(CacheSettings.DEFAULT);
        assertThat(ask(lookup, 1L, 2L, 1L, null, 9L, 2L, 9L)).isEqualTo("t1 t2 t1 null null t2 null");
        assertThat(tables.questions).containsExactly(List.of(Map.of("id", 1L), Map.of("id", 2L), Map.of("id", 9L)));
        assertThat(ask(lookup, 9L, null, 2L)).isEqualTo("null null t2");
        assertThat(tables.questions).hasSize(1);
        assertThat(ask(lookup, 0L, 1L)).isEqualTo("t0 t1");
        assertThat(tables.questions.get(1)).containsExactly(Map.of("id", 0L));
    }

    @Test
    void answersGrowOldAndMissingOnesSooner() {
        items(3, "old");
        CachedLookup lookup = lookup(settings("1MB", 60, 10));
        ask(lookup, 1L, 9L);
        items(10, "new");
        now += Duration.ofSeconds(9).toNanos();
        assertThat(ask(lookup, 1L, 9L)).isEqualTo("old1 null");
        now += Duration.ofSeconds(1).toNanos();
        assertThat(ask(lookup, 1L, 9L)).isEqualTo("old1 new9");
        now += Duration.ofSeconds(50).toNanos();
        assertThat(ask(lookup, 1L, 9L)).isEqualTo("new1 new9");
        assertThat(tables.questions).hasSize(3);
    }

    @Test
    void aTimeOfZeroKeepsNothing() {
        items(3, "t");
        CachedLookup lookup = lookup(settings("1MB", 0, 0));
        ask(lookup, 1L);
        ask(lookup, 1L);
        assertThat(tables.questions).hasSize(2);
    }

    @Test
    void workersShareAnswersAndHaveConnectionsOfTheirOwn() {
        items(3, "t");
        AnswerCache cache = new AnswerCache(CacheSettings.DEFAULT, () -> now);
        CachedLookup one = lookup(cache);
        CachedLookup other = lookup(cache);
        ask(one, 1L);
        assertThat(ask(other, 1L)).isEqualTo("t1");
        assertThat(tables.questions).hasSize(1);
        assertThat(tables.connections).isEqualTo(1);
        ask(other, 2L);
        assertThat(tables.connections).isEqualTo(2);
        one.close();
        other.close();
        assertThat(tables.connections).isZero();
    }

    @Test
    void aFailureIsToldAndNothingIsKeptOfIt() {
        items(3, "t");
        CachedLookup lookup = lookup(CacheSettings.DEFAULT);
        tables.failures = 1;
        assertThatThrownBy(() -> ask(lookup, 1L)).hasMessageContaining("on purpose");
        assertThat(ask(lookup, 1L)).isEqualTo("t1");
    }

    /** Whatever is dropped for want of room, the answers are right, and the memory stays bounded. */
    @Test
    void staysRightWhileAnswersComeAndGo() {
        items(5_000, "title ");
        AnswerCache cache = new AnswerCache(settings("64KB", 60, 60), () -> now);
        CachedLookup lookup = lookup(cache);
        Random random = new Random(5);
        int asked = 0;
        for (int round = 0; round < 200; round++) {
            Long[] ids = new Long[50];
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < ids.length; i++) {
                // Some are asked for again and again, and some are not there.
                ids[i] = (long) (random.nextInt(4) == 0 ? random.nextInt(6_000) : random.nextInt(20));
                expected.append(i == 0 ? "" : " ").append(ids[i] < 5_000 ? "title " + ids[i] : "null");
            }
            assertThat(ask(lookup, ids)).as("seed 5, round %d", round).isEqualTo(expected.toString());
            asked += ids.length;
        }
        int questions = tables.questions.stream().mapToInt(List::size).sum();
        assertThat(questions).isBetween(500, asked / 2);
        assertThat(tables.questions.get(0)).isNotEmpty();
    }
}
