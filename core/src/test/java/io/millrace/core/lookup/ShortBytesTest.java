package io.millrace.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the JDK's own way, over all lengths around those that are treated in another way. */
class ShortBytesTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void equalTextsAreThoseOfTheSameBytes() {
        for (int length = 0; length < 80; length++) {
            byte[] one = new byte[length + 20];
            random.nextBytes(one);
            byte[] other = new byte[length + 20];
            System.arraycopy(one, 3, other, 7, length);
            assertThat(ShortBytes.equal(one, 3, 3 + length, other, 7, 7 + length))
                    .as("length %d, seed %d", length, seed)
                    .isTrue();
            assertThat(ShortBytes.equal(one, 3, 3 + length, other, 7, 8 + length))
                    .isFalse();
            for (int place = 0; place < length; place++) {
                other[7 + place] ^= 1;
                assertThat(ShortBytes.equal(one, 3, 3 + length, other, 7, 7 + length))
                        .as("length %d, place %d, seed %d", length, place, seed)
                        .isFalse();
                other[7 + place] ^= 1;
            }
        }
    }

    @Test
    void textsAreCopiedBesideEachOther() {
        byte[] source = new byte[300];
        random.nextBytes(source);
        for (int round = 0; round < 2_000; round++) {
            int count = random.nextInt(6);
            int[] starts = new int[count];
            int[] to = new int[count + 1];
            byte[] expected = {};
            for (int i = 0; i < count; i++) {
                int length = random.nextInt(4) == 0 ? 0 : random.nextInt(75);
                // Also right at the source's end.
                starts[i] = random.nextBoolean() ? source.length - length : random.nextInt(source.length - length);
                to[i + 1] = to[i] + length;
                expected = Arrays.copyOf(expected, to[i + 1]);
                System.arraycopy(source, starts[i], expected, to[i], length);
            }
            byte[] target = new byte[to[count]];
            ShortBytes.copyAll(source, starts, target, to, count);
            assertThat(target).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }
}
