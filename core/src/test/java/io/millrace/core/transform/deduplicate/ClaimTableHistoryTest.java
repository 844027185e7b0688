package io.millrace.core.transform.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ByteSize;
import io.millrace.api.Claims;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.transform.Deduplicate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a run: attempts at pieces in any interleaving, failures at any batch, between writing the claims and
 * recording the result, and crashes of the whole process. When everything is recorded at last, exactly one row of each key
 * has survived.
 */
class ClaimTableHistoryTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64), Field.of("name", DataType.STRING), Field.of("row", DataType.INT32));
    private static final int BATCH = 5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "id,name"})
    void exactlyOneRowOfEachKeySurvivesWhateverFails(String key) {
        for (long seed = 0; seed < 120; seed++) {
            new History(seed, List.of(key.split(","))).run();
        }
    }

    private final class History {
        private final long seed;
        private final Random random;
        private final Deduplicate step;
        private final List<List<Map<String, Object>>> pieces = new ArrayList<>();
        private final Map<Integer, Claims> recorded = new LinkedHashMap<>();
        private final Map<Integer, List<Map<String, Object>>> survivors = new HashMap<>();
        private final Map<Integer, Attempt> running = new LinkedHashMap<>();
        private ClaimTable table;
        private int attempts;

        private History(long seed, List<String> key) {
            this.seed = seed;
            this.random = new Random(seed);
            this.step = new Deduplicate(key);
            int rows = 0;
            for (int piece = 1 + random.nextInt(6); piece > 0; piece--) {
                List<Map<String, Object>> records = new ArrayList<>();
                for (int i = random.nextInt(25); i > 0; i--) {
                    Map<String, Object> record = new HashMap<>();
                    record.put("id", random.nextInt(8) == 0 ? null : (long) random.nextInt(20));
                    record.put("name", random.nextInt(8) == 0 ? null : "n" + random.nextInt(6));
                    record.put("row", rows++);
                    records.add(record);
                }
                pieces.add(records);
            }
        }

        private void run() {
            start();
            // Failures become rare, so that every history ends.
            for (int steps = 0; recorded.size() < pieces.size(); steps++) {
                int luck = random.nextInt(20 + steps / 5);
                int piece = random.nextInt(pieces.size());
                if (luck == 0) {
                    start();
                } else if (luck == 1 && running.containsKey(piece)) {
                    running.remove(piece).ticket.dead();
                } else if (!recorded.containsKey(piece)) {
                    advance(piece);
                }
            }
            check();
        }

        /** The process starts, perhaps after a crash: only what was recorded is known. */
        private void start() {
            running.clear();
            table = step.claimTable(SCHEMA, 99, ByteSize.parse("64MB"));
            recorded.forEach((piece, claims) -> table.restore(folder, claims, "p" + piece));
        }

        private void advance(int piece) {
            Attempt attempt = running.computeIfAbsent(piece, p -> new Attempt(table.open("p" + p, ++attempts)));
            List<Map<String, Object>> records = pieces.get(piece);
            if (attempt.read < records.size()) {
                int end = Math.min(records.size(), attempt.read + BATCH);
                List<Map<String, Object>> batch = records.subList(attempt.read, end);
                Selection kept = attempt.ticket.claim(Batch.ofRecords(SCHEMA, batch));
                for (int i = 0; i < kept.count(); i++) {
                    attempt.kept.add(batch.get(kept.row(i)));
                }
                attempt.read = end;
                return;
            }
            Claims claims = attempt.ticket.write(folder, "p" + piece);
            running.remove(piece);
            switch (random.nextInt(4)) {
                case 0 -> attempt.ticket.dead(); // The ledger could not be written.
                case 1 -> start(); // The process died before the ledger was written.
                default -> {
                    recorded.put(piece, claims);
                    survivors.put(piece, attempt.kept);
                    if (random.nextInt(4) == 0) {
                        start(); // The process died after it.
                    } else {
                        attempt.ticket.staged();
                    }
                }
            }
        }

        private void check() {
            Set<List<Object>> expected = new HashSet<>();
            pieces.forEach(records -> records.forEach(record -> expected.add(key(record))));
            List<List<Object>> actual = new ArrayList<>();
            survivors.values().forEach(records -> records.forEach(record -> actual.add(key(record))));
            assertThat(actual).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        }

        private List<Object> key(Map<String, Object> record) {
            List<Object> key = new ArrayList<>();
            step.key().forEach(column -> key.add(record.get(column)));
            return key;
        }
    }

    private static final class Attempt {
        private final Ticket ticket;
        private final List<Map<String, Object>> kept = new ArrayList<>();
        private int read;

        private Attempt(Ticket ticket) {
            this.ticket = ticket;
        }
    }
}
