package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Timestamps;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    @Test
    void writesTextAsInstantsDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] magnitudes = {1L, 1_000L, 1_000_000L, 60_000_000L, 86_400_000_000L};
        for (int i = 0; i < 200_000; i++) {
            long magnitude = magnitudes[random.nextInt(magnitudes.length)];
            long micros = random.nextLong() % (Long.MAX_VALUE / 1_000 / magnitude) * magnitude;
            assertThat(Timestamps.toText(micros))
                    .as("%d microseconds, seed %d", micros, seed)
                    .isEqualTo(Timestamps.toInstant(micros).toString());
        }
        for (String edge : new String[] {
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59.999Z",
            "+10000-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "-0001-12-31T23:59:59Z"
        }) {
            assertThat(Timestamps.toText(Timestamps.toMicros(Instant.parse(edge))))
                    .isEqualTo(edge);
        }
    }
}
