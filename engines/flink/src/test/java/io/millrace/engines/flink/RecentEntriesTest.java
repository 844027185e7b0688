package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.stream.FeatureStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
    private final Map<String, byte[]> kept = new HashMap<>();

    private final FeatureStore disk = new FeatureStore() {
        @Override
        public byte[] get(String entity, String name) {
            return kept.get(entity + "/" + name);
        }

        @Override
        public void put(String entity, String name, byte[] bytes) {
            kept.put(entity + "/" + name, bytes);
        }

        @Override
        public void remove(String entity, String name) {
            kept.remove(entity + "/" + name);
        }

        @Override
        public void remind(String entity, long moment) {
            throw new AssertionError();
        }
    };

    /** Room for some of the entries only; against a map. */
    @Test
    void whatIsPutIsFoundAndSaved() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RecentEntries recent = new RecentEntries(disk, 4_000);
        Map<String, byte[]> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String entity = "e" + random.nextInt(8);
            String name = Integer.toString(random.nextInt(4));
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            switch (random.nextInt(4)) {
                case 0 -> {
                    recent.put(entity, name, bytes);
                    expected.put(entity + "/" + name, bytes);
                }
                case 1 -> {
                    recent.remove(entity, name);
                    expected.remove(entity + "/" + name);
                }
                case 2 -> assertThat(recent.get(entity, name))
                        .as("seed %d", seed)
                        .isEqualTo(expected.get(entity + "/" + name));
                default -> {
                    if (random.nextInt(50) == 0) {
                        recent.save();
                        assertThat(kept.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
                        kept.forEach((key, value) -> assertThat(Arrays.equals(value, expected.get(key)))
                                .as("%s, seed %d", key, seed)
                                .isTrue());
                    }
                }
            }
        }
    }
}
