package io.millrace.core.transform.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ByteSize;
import io.millrace.api.Claims;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.key.KeyKind;
import io.millrace.core.transform.Deduplicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTableTest {
    private static final ByteSize MEMORY = ByteSize.parse("256MB");
    private static final Schema IDS = Schema.of(Field.of("id", DataType.INT64));
    private static final Schema TEXTS = Schema.of(Field.of("a", DataType.STRING), Field.of("b", DataType.STRING));

    @TempDir
    Path folder;

    private final ClaimTable table = new Deduplicate(List.of("id")).claimTable(IDS, 42, MEMORY);

    @Test
    void keepsTheFirstRowOfAKeyWithinABatchAndAcrossBatches() {
        Ticket ticket = table.open("p", 1);

        assertThat(rows(ticket.claim(ids(5L, 6L, 5L, null, 6L, null, 7L)))).containsExactly(0, 1, 3, 6);
        assertThat(rows(ticket.claim(ids(7L, null, 8L)))).containsExactly(2);
        assertThat(table.size()).isEqualTo(5);
    }

    @Test
    void aFailedAttemptLeavesItsKeysToItsRetry() {
        Ticket failed = table.open("p", 1);
        failed.claim(ids(1L, null));
        failed.dead();

        Ticket retry = table.open("p", 2);
        assertThat(rows(retry.claim(ids(1L, null, 2L)))).containsExactly(0, 1, 2);
        assertThat(rows(table.open("q", 1).claim(ids(1L, null, 3L)))).containsExactly(2);
    }

    @Test
    void keysOfStagedAttemptsStayTaken() {
        Ticket done = table.open("p", 1);
        done.claim(ids(1L));
        done.write(folder, "p");
        done.staged();

        assertThat(rows(table.open("q", 1).claim(ids(1L, 2L)))).containsExactly(1);
        assertThatThrownBy(done::dead).isInstanceOf(IllegalStateException.class).hasMessageContaining("STAGED");
    }

    @Test
    void aDeadTicketClaimsAndWritesNothing() {
        Ticket dead = table.open("p", 3);
        dead.dead();
        dead.dead();

        assertThatThrownBy(() -> dead.claim(ids(1L))).hasMessage("ticket of p (attempt 3) is DEAD");
        assertThatThrownBy(() -> dead.write(folder, "p")).hasMessageContaining("is DEAD");
        assertThatThrownBy(dead::staged).hasMessageContaining("cannot become STAGED");
    }

    @Test
    void restoresWhatWasWrittenAfterACrash() {
        Ticket ticket = table.open("p", 1);
        ticket.claim(ids(1L, -1L, null, Long.MIN_VALUE, 1L));
        Claims claims = ticket.write(folder, "claims/p");
        assertThat(claims.entries()).isEqualTo(4);

        ClaimTable resumed = new Deduplicate(List.of("id")).claimTable(IDS, 42, MEMORY);
        resumed.restore(folder, claims, "p");
        assertThat(rows(resumed.open("q", 1).claim(ids(2L, 1L, null, -1L, Long.MIN_VALUE, 0L))))
                .containsExactly(0, 5);
    }

    @Test
    void restoringRefusesAFileThatIsNotTheRecordedOne() throws IOException {
        Ticket ticket = table.open("p", 1);
        ticket.claim(ids(1L, 2L));
        Claims claims = ticket.write(folder, "p");

        ClaimTable otherSeed = new Deduplicate(List.of("id")).claimTable(IDS, 43, MEMORY);
        assertStale(otherSeed, claims, "belongs to another run or key");
        ClaimTable otherKey = new Deduplicate(List.of("a")).claimTable(TEXTS, 42, MEMORY);
        assertStale(otherKey, claims, "belongs to another run or key");
        assertStale(fresh(), new Claims("p", 3, claims.checksum()), "does not hold the recorded 3 keys");
        assertStale(fresh(), new Claims("absent", 2, claims.checksum()), "is missing");

        ClaimTable twice = fresh();
        twice.restore(folder, claims, "p");
        assertStale(twice, claims, "holds a key that another piece holds as well");

        byte[] bytes = Files.readAllBytes(folder.resolve("p"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve("p"), bytes);
        assertStale(fresh(), claims, "is damaged");
        Files.write(folder.resolve("p"), Arrays.copyOf(bytes, bytes.length - 8));
        assertStale(fresh(), claims, "is damaged");
    }

    private ClaimTable fresh() {
        return new Deduplicate(List.of("id")).claimTable(IDS, 42, MEMORY);
    }

    private void assertStale(ClaimTable restored, Claims claims, String message) {
        assertThatThrownBy(() -> restored.restore(folder, claims, "p"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STALE))
                .hasMessageContaining(message)
                .hasMessageContaining("--restart");
    }

    @Test
    void distinguishesKeysThatOnlyLookAlikeWhenJoined() {
        ClaimTable texts = new Deduplicate(List.of("a", "b")).claimTable(TEXTS, 1, MEMORY);
        Batch batch = Batch.ofRecords(
                TEXTS,
                List.of(
                        Map.of("a", "ab", "b", "c"),
                        Map.of("a", "a", "b", "bc"),
                        Map.of("a", "abc", "b", ""),
                        Map.of("a", "abc"),
                        Map.of("b", "abc"),
                        Map.of(),
                        Map.of(),
                        Map.of("a", "abc"),
                        Map.of("a", "ab", "b", "c")));
        assertThat(rows(texts.open("p", 1).claim(batch))).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void comparesEveryTypeByValue() {
        Schema schema = Schema.of(
                Field.of("f", DataType.FLOAT64),
                Field.of("d", DataType.decimal(38, 2)),
                Field.of("b", DataType.BOOLEAN),
                Field.of("l", DataType.list(DataType.STRING)));
        List<Map<String, Object>> records = new ArrayList<>();
        records.add(row(0.0, "1.00", true, List.of("x")));
        records.add(row(-0.0, "1.0", true, List.of("x")));
        records.add(row(Double.NaN, "1", true, List.of("x")));
        records.add(row(Double.longBitsToDouble(0x7ff8000000000001L), "1", true, List.of("x")));
        records.add(row(0.0, "100000000000000000000", true, List.of("x")));
        records.add(row(0.0, "1", false, List.of("x")));
        records.add(row(0.0, "1", true, List.of("x", "")));
        records.add(row(0.0, "1", true, Arrays.asList("x", null)));
        ClaimTable claims = new Deduplicate(List.of("f", "d", "b", "l")).claimTable(schema, 1, MEMORY);
        assertThat(rows(claims.open("p", 1).claim(Batch.ofRecords(schema, records))))
                .containsExactly(0, 2, 4, 5, 6, 7);
    }

    private static Map<String, Object> row(Object f, String d, Object b, Object l) {
        Map<String, Object> row = new HashMap<>();
        row.put("f", f);
        row.put("d", new java.math.BigDecimal(d));
        row.put("b", b);
        row.put("l", l);
        return row;
    }

    @Test
    void datesAndSmallIntegersAreKeptAsThemselves() {
        Schema schema = Schema.of(Field.of("day", DataType.DATE));
        ClaimTable days = new Deduplicate(List.of("day")).claimTable(schema, 1, MEMORY);
        ColumnBuilder builder = ColumnBuilder.of(DataType.DATE);
        builder.append(java.time.LocalDate.of(1969, 12, 31));
        builder.append(java.time.LocalDate.of(1970, 1, 1));
        builder.append(java.time.LocalDate.of(1969, 12, 31));
        Batch batch = Batch.of(schema, 3, List.of(builder.build()), null);
        assertThat(rows(days.open("p", 1).claim(batch))).containsExactly(0, 1);
        assertThat(days.kind()).isEqualTo(KeyKind.LONG);
    }

    @Test
    void staysWithinThirtyTwoBytesAKeyWhateverTheSize() {
        for (List<String> key : List.of(List.of("id"), List.of("id", "id2"))) {
            Schema schema = Schema.of(Field.of("id", DataType.INT64), Field.of("id2", DataType.INT64));
            ClaimTable claims = new Deduplicate(key).claimTable(schema, 9, MEMORY);
            Ticket ticket = claims.open("p", 1);
            for (long from = 0; from < 1_500_000; from += 8_192) {
                long[] values = new long[8_192];
                for (int i = 0; i < values.length; i++) {
                    values[i] = from + i;
                }
                LongColumn column = LongColumn.of(DataType.INT64, 8_192, NullBitmap.NONE, values);
                assertThat(ticket.claim(Batch.of(schema, 8_192, List.of(column, column), null))
                                .count())
                        .isEqualTo(8_192);
                if (from > 500_000) {
                    assertThat((double) claims.memoryBytes() / claims.size()).isLessThan(32);
                }
            }
            // Far more keys than notes are kept of: they are found in the table.
            Claims written = ticket.write(folder, "many");
            assertThat(written.entries()).isEqualTo(claims.size());
            ClaimTable resumed = new Deduplicate(key).claimTable(schema, 9, MEMORY);
            resumed.restore(folder, written, "p");
            assertThat(resumed.size()).isEqualTo(claims.size());
        }
    }

    @Test
    void expectingKeysChangesNoResultAndStaysWithinTheLimit() {
        ClaimTable expecting = new Deduplicate(List.of("id")).claimTable(IDS, 42, ByteSize.parse("4MB"));
        expecting.expect(Long.MAX_VALUE);
        assertThat(expecting.memoryBytes()).isBetween(1L << 20, 3L << 20);
        assertThat(rows(expecting.open("p", 1).claim(ids(1L, 2L, 1L)))).containsExactly(0, 1);
    }

    @Test
    void endsWithAHelpfulErrorAtTheMemoryLimit() {
        ClaimTable small = new Deduplicate(List.of("id")).claimTable(IDS, 42, ByteSize.parse("512KB"));
        Ticket ticket = small.open("p", 1);
        assertThatThrownBy(() -> {
                    for (long from = 0; ; from += 3) {
                        ticket.claim(ids(from, from + 1, from + 2));
                    }
                })
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("512KB")
                .hasMessageContaining("smaller windows")
                .hasMessageContaining("-Xmx");
        assertThat(small.memoryBytes()).isLessThanOrEqualTo(512 * 1024);
    }

    @Test
    void namesAMissingKeyColumn() {
        assertThatThrownBy(() -> new Deduplicate(List.of("ids")).claimTable(IDS, 1, MEMORY))
                .hasMessageContaining("did you mean 'id'?");
        assertThatThrownBy(() -> new Deduplicate(List.of())).hasMessageContaining("at least one column");
        assertThatThrownBy(() -> new Deduplicate(List.of("id", "id"))).hasMessageContaining("twice");
    }

    private static Batch ids(Long... values) {
        ColumnBuilder builder = ColumnBuilder.of(DataType.INT64);
        for (Long value : values) {
            builder.append(value);
        }
        return Batch.of(IDS, values.length, List.of(builder.build()), null);
    }

    private static int[] rows(Selection selection) {
        int[] rows = new int[selection.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = selection.row(i);
        }
        return rows;
    }
}
