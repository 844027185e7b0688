package io.millrace.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are sorted as List.sort does it, stable. */
class IndexSortTest {
    @Test
    void sortsAsListsDo() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int[] keys = random.ints(random.nextInt(300), 0, 20).toArray();
            int[] sorted = new int[keys.length + 5];
            Arrays.setAll(sorted, i -> i);
            IndexSort.sort(sorted, keys.length, (one, other) -> Integer.compare(keys[one], keys[other]));
            Integer[] expected = new Integer[keys.length];
            Arrays.setAll(expected, i -> i);
            Arrays.sort(expected, Comparator.comparing(i -> keys[i]));
            assertThat(Arrays.copyOf(sorted, keys.length))
                    .as("seed %d", seed)
                    .isEqualTo(Arrays.stream(expected).mapToInt(i -> i).toArray());
        }
    }
}
