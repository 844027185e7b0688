package io.millrace.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Bounded entries are those that sorting all of them would keep. */
class SortedEntriesTest {
    @Test
    void keepsWhatSortingEverythingWouldKeep() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(12);
            boolean greatest = random.nextBoolean();
            boolean distinct = random.nextBoolean();
            SortedEntries entries = new SortedEntries(limit, greatest, distinct);
            List<String> all = new ArrayList<>();
            for (int i = random.nextInt(200); i > 0; i--) {
                String text = Integer.toString(100 + random.nextInt(60));
                all.add(text);
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                entries.add(bytes, 0, bytes.length);
                if (random.nextInt(30) == 0) {
                    entries.sort();
                }
            }
            List<String> expected = distinct ? new ArrayList<>(new TreeSet<>(all)) : all;
            Collections.sort(expected);
            int size = Math.min(limit, expected.size());
            expected = greatest ? expected.subList(expected.size() - size, expected.size()) : expected.subList(0, size);
            byte[][] kept = entries.sort();
            assertThat(Arrays.stream(kept)
                            .limit(entries.size())
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void takesMemoryForTheLimitOnly() {
        SortedEntries entries = new SortedEntries(100, true, false);
        byte[] bytes = new byte[8];
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            entries.add(bytes, 0, bytes.length);
        }
        assertThat(entries.bytes()).isLessThan(20_000);
    }
}
