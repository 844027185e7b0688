package io.millrace.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run reads once, and what it keeps of it. */
class LookupsTest {
    private static final Schema ITEMS = Schema.of(
            Field.of("id", DataType.INT32),
            Field.of("title", DataType.STRING),
            Field.of("since", DataType.TIMESTAMP),
            Field.of("score", DataType.FLOAT64));

    @TempDir
    Path folder;

    private final MemoryTables tables = new MemoryTables();

    private LookupRequest request(Optional<Validity> validity, Optional<ByteSize> memory, String... columns) {
        return new LookupRequest(
                "enrich",
                tables.whole("items"),
                List.of("id"),
                validity,
                List.of(columns),
                false,
                memory,
                CacheSettings.DEFAULT,
                Optional.of(MemoryTables.CONTEXT));
    }

    private Lookups lookups() {
        return new Lookups(List.of(request(Optional.empty(), Optional.empty(), "title")));
    }

    private static Map<String, Object> item(Integer id, String title, String since) {
        Map<String, Object> item = new HashMap<>();
        item.put("id", id);
        item.put("title", title);
        item.put("since", since == null ? null : Instant.parse(since));
        return item;
    }

    private void items(List<Map<String, Object>> rows) {
        tables.put("items", ITEMS, rows);
    }

    private static Object title(Lookups lookups, long id) {
        try (Lookup lookup = lookups.at(Instant.EPOCH).lookup("enrich")) {
            Schema keys = Schema.of(Field.of("id", DataType.INT64));
            return lookup.find(Batch.ofRecords(keys, List.of(Map.of("id", id))), new BitSet())
                    .column("title")
                    .value(0);
        }
    }

    private static void refused(ErrorKind kind, ThrowingCallable work, String... parts) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(MillraceException.class, refusal -> assertThat(refusal.kind())
                        .isEqualTo(kind))
                .hasMessageContainingAll(parts);
    }

    @Test
    void whatWasReadOnceIsReadFromTheFolderEverAfter() {
        items(List.of(item(1, "first", null), item(2, "second", null)));
        Lookups first = lookups();
        assertThat(first.at(Instant.EPOCH).lookup("enrich").schema()).isEqualTo(ITEMS.project(List.of("title")));
        assertThat(tables.reads).as("columns need no rows").isZero();
        assertThat(first.prepare(folder, Patience.UNTIL_INTERRUPTED)).isTrue();
        assertThat(title(first, 2)).isEqualTo("second");
        items(List.of(item(2, "changed", null)));
        for (int process = 0; process < 2; process++) {
            Lookups later = lookups();
            assertThat(later.prepare(folder, Patience.UNTIL_INTERRUPTED)).isFalse();
            assertThat(title(later, 1)).isEqualTo("first");
        }
        Lookups recalled = lookups();
        recalled.recall(folder);
        recalled.requireAll(folder);
        assertThat(title(recalled, 2)).isEqualTo("second");
        assertThat(tables.reads).isEqualTo(1);
    }

    @Test
    void theManifestTellsWhatWasReadAndWhenAndNoSecret() throws IOException {
        Instant before = Instant.now();
        items(List.of(item(1, "first", null)));
        lookups().prepare(folder, Patience.UNTIL_INTERRUPTED);
        TableManifest manifest = new TableFile(folder, "enrich").manifest();
        assertThat(manifest.table()).isEqualTo("table items");
        assertThat(manifest.rows()).isEqualTo(1);
        assertThat(manifest.schema().names()).containsExactly("id", "title");
        assertThat(manifest.taken()).isBetween(before, Instant.now());
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("enrich.json", "enrich.rows");
        }
    }

    @Test
    void aFailureThatMayPassIsTriedAgain() {
        items(List.of(item(1, "first", null), item(2, "second", null)));
        tables.failures = 2;
        Lookups lookups = lookups();
        lookups.prepare(folder, Patience.UNTIL_INTERRUPTED);
        assertThat(title(lookups, 1)).isEqualTo("first");
        assertThat(tables.reads).isEqualTo(3);
        tables.failures = 3;
        refused(
                ErrorKind.UNAVAILABLE,
                () -> lookups().prepare(folder.resolve("other"), Patience.UNTIL_INTERRUPTED),
                "step 'enrich'",
                "on purpose");
    }

    @Test
    void aRepeatedKeyIsNamedAndCountedAndReadAgainOnceCorrected() {
        List<Map<String, Object>> rows = new ArrayList<>(
                List.of(item(1, "a", null), item(7, "b", null), item(7, "c", null), item(7, "d", null)));
        items(rows);
        refused(
                ErrorKind.USER,
                () -> lookups().prepare(folder, Patience.UNTIL_INTERRUPTED),
                "step 'enrich'",
                "table items has 3 rows with the key (id = 7)",
                "as_of");
        refused(ErrorKind.STALE, () -> lookups().requireAll(folder), "missing");
        items(rows.subList(0, 2));
        Lookups corrected = lookups();
        corrected.prepare(folder, Patience.UNTIL_INTERRUPTED);
        assertThat(title(corrected, 7)).isEqualTo("b");
    }

    @Test
    void nullKeysMatchNothingAndAreTold() {
        items(List.of(item(1, "a", null), item(null, "b", null), item(null, "c", null)));
        Lookups lookups = lookups();
        lookups.prepareForNow();
        assertThat(title(lookups, 1)).isEqualTo("a");
        assertThat(title(lookups, 5)).isNull();
        assertThat(lookups.warnings())
                .hasSize(2)
                .anyMatch(line -> line.contains("2 rows of table items match nothing"))
                .anyMatch(line -> line.contains("1 of 2 rows found nothing in table items, read at 20"));
    }

    @Test
    void twoVersionsOfOneMomentAreRefused() {
        items(List.of(item(1, "a", "2024-01-01T00:00:00Z"), item(1, "b", "2024-01-01T00:00:00Z")));
        Validity validity = new Validity("since", Optional.empty(), Optional.empty());
        Lookups lookups = new Lookups(List.of(request(Optional.of(validity), Optional.empty())));
        refused(
                ErrorKind.USER,
                lookups::prepareForNow,
                "two versions of the key (id = 1) that are valid from 2024-01-01T00:00:00Z");
    }

    @Test
    void aTableBeyondTheLimitIsRefusedWithTheWaysOut() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int id = 0; id < 2_000; id++) {
            rows.add(item(id, "some title of a length", null));
        }
        items(rows);
        Lookups small = new Lookups(List.of(request(Optional.empty(), Optional.of(ByteSize.parse("64KB")), "title")));
        refused(ErrorKind.DATA, small::prepareForNow, "64KB", "memory", "keyed", "engine: spark", "add");
        Lookups large = new Lookups(List.of(request(Optional.empty(), Optional.of(ByteSize.parse("96KB")), "title")));
        large.prepareForNow();
    }

    @Test
    void aRowThatCannotBeReadEndsTheRun() {
        items(List.of(item(1, "a", null)));
        tables.rejects = true;
        refused(ErrorKind.DATA, () -> lookups().prepareForNow(), "row 7 of table items", "price", "is no number ('x')");
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsRead() {
        items(List.of());
        Validity byId = new Validity("id", Optional.empty(), Optional.empty());
        check("no column 'titel' here; did you mean 'title'?", "id", Optional.empty(), "titel");
        check("on: their column 'score' is float64", "score", Optional.empty(), "title");
        check("as_of.valid_from: their column 'id' is int32, not timestamp or date", "id", Optional.of(byId), "title");
        tables.incremental = true;
        check("a look-up needs all rows", "id", Optional.empty(), "title");
        assertThat(tables.reads).isZero();
    }

    private void check(String message, String key, Optional<Validity> validity, String column) {
        LookupRequest request = new LookupRequest(
                "enrich",
                tables.whole("items"),
                List.of(key),
                validity,
                List.of(column),
                false,
                Optional.empty(),
                CacheSettings.DEFAULT,
                Optional.of(MemoryTables.CONTEXT));
        Lookups lookups = new Lookups(List.of(request));
        refused(ErrorKind.USER, () -> lookups.at(Instant.EPOCH).lookup("enrich"), message);
    }
}
