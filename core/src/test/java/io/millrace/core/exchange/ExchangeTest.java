package io.millrace.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.transform.Deduplicate;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("user", DataType.STRING), Field.of("at", DataType.INT64), Field.of("note", DataType.STRING));

    @TempDir
    Path folder;

    private Exchange exchange() {
        return new Exchange(
                folder, 1, new Deduplicate(List.of("user"), Optional.empty(), List.of("at")).bind(SCHEMA), 77, true);
    }

    private static Map<String, Object> row(Random random) {
        Map<String, Object> row = new HashMap<>();
        row.put("user", random.nextInt(20) == 0 ? null : "user-" + random.nextInt(300));
        row.put("at", random.nextInt(10) == 0 ? null : (long) random.nextInt(50));
        row.put("note", random.nextInt(10) == 0 ? null : "ü" + random.nextInt(3));
        return row;
    }

    private PieceResult piece(Exchange exchange, String name, int buckets, List<Map<String, Object>> rows) {
        try (ExchangeWriter writer = exchange.writer(name, "1", buckets)) {
            for (int from = 0; from < rows.size(); from += 100) {
                writer.write(Batch.ofRecords(SCHEMA, rows.subList(from, Math.min(rows.size(), from + 100))));
            }
            Staged staged = writer.stage(rows.size());
            return new PieceResult(
                    new WriteTask(new Lineage("p", "r"), "r", name, 1, new Fence(1)),
                    Optional.of(staged),
                    Optional.empty(),
                    Optional.empty(),
                    Counts.ZERO,
                    List.of(),
                    Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1000000", "2, 16, 1000000", "3, 4, 60000", "4, 64, 30000", "5, 1, 40000"})
    void theLastRowOfEveryKeyComesOutOnceHoweverItIsCut(long seed, int buckets, long memory) {
        Random random = new Random(seed);
        Exchange exchange = exchange();
        List<PieceResult> pieces = new ArrayList<>();
        Map<Object, Map<String, Object>> expected = new HashMap<>();
        int rows = 0;
        for (int i = 0; i < 5; i++) {
            List<Map<String, Object>> written = new ArrayList<>();
            for (int j = random.nextInt(1500); j > 0; j--) {
                Map<String, Object> row = row(random);
                written.add(row);
                expected.merge(row.get("user"), row, ExchangeTest::later);
            }
            rows += written.size();
            pieces.add(piece(exchange, "split-" + i + ".0", buckets, written));
        }
        List<Map<String, Object>> read = new ArrayList<>();
        long rowsRead = 0;
        RejectWriter rejects = new RejectWriter(folder.resolve("rejects"), "r");
        for (int bucket = 0; bucket < buckets; bucket++) {
            Split split = new Split("bucket-1-" + bucket, 1, "" + bucket, -1, -1);
            try (BatchReader reader = exchange.open(split, buckets, pieces, 50, memory, rejects)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    assertThat(batch.rowCount()).isBetween(1, 50);
                    read.addAll(batch.records());
                }
                rowsRead += reader.rowsRead();
            }
        }
        assertThat(read).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected.values());
        assertThat(rowsRead).isEqualTo(rows);
        assertThat(rejects.deduplicated()).isEqualTo(rows - expected.size());
    }

    /** By time, then user (equal here), then note; nulls first. */
    private static Map<String, Object> later(Map<String, Object> one, Map<String, Object> other) {
        int time = compare((Long) one.get("at"), (Long) other.get("at"));
        int note = compare((String) one.get("note"), (String) other.get("note"));
        return time > 0 || time == 0 && note >= 0 ? one : other;
    }

    private static <T extends Comparable<T>> int compare(T one, T other) {
        return one == null || other == null ? Boolean.compare(one != null, other != null) : one.compareTo(other);
    }

    @Test
    void manyRowsOfOneKeyTakeNoMoreMemoryThanTheBestOfThem() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long i = 0; i < 30_000; i++) {
            rows.add(Map.of("user", "hot", "at", i * 7919 % 30_000, "note", ""));
        }
        Exchange exchange = exchange();
        PieceResult piece = piece(exchange, "split-0.0", 1, rows);
        RejectWriter rejects = new RejectWriter(folder.resolve("rejects"), "r");
        Split split = new Split("bucket-1-0", 1, "0", -1, -1);
        try (BatchReader reader = exchange.open(split, 1, List.of(piece), 50, 400_000, rejects)) {
            assertThat(reader.next().record(0)).containsEntry("at", 29_999L);
            assertThat(reader.next()).isNull();
        }
        assertThatThrownBy(() -> exchange.open(split, 1, List.of(piece), 50, 100, rejects)
                        .next())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("deduplicate: the rows of 1 keys take more than 100B of memory");
    }

    @Test
    void aDamagedOrMissingFileIsStale() throws Exception {
        Exchange exchange = exchange();
        PieceResult piece = piece(exchange, "split-0.0", 1, List.of(row(new Random(1)), row(new Random(2))));
        exchange.check(List.of(piece));
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {99}), ExchangeFile.HEADER + 5);
        }
        Split split = new Split("bucket-1-0", 1, "0", -1, -1);
        assertStale(
                () -> exchange.open(split, 1, List.of(piece), 10, 1 << 20, null).next(), "is damaged");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertStale(() -> exchange.check(List.of(piece)), "is damaged");
        Files.delete(file);
        assertStale(() -> exchange.check(List.of(piece)), "is not on this machine");
    }

    private static void assertStale(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(MillraceException.class, stale -> assertThat(stale.kind())
                        .isEqualTo(ErrorKind.STALE))
                .hasMessageContaining(words);
    }

    @Test
    void bucketsGrowWithTheRowsAndTheWorkers() {
        assertThat(exchange().plan(0, 1)).hasSize(4);
        assertThat(exchange().plan(1000, 2)).hasSize(8);
        assertThat(exchange().plan(100L << 20, 2)).hasSize(128);
        assertThat(exchange().plan(1L << 40, 2)).hasSize(256);
        assertThat(exchange().plan(-1, 2)).hasSize(64);
        assertThat(exchange().plan(10, 2)).extracting(Split::id).contains("bucket-1-000", "bucket-1-007");
    }
}
