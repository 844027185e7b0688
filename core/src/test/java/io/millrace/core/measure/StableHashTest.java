package io.millrace.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The hash is XXH64, by the values that its authors and others publish. */
class StableHashTest {
    @Test
    void isXxh64() {
        assertThat(hash("", 0)).isEqualTo(0xef46db3751d8e999L);
        assertThat(hash("a", 0)).isEqualTo(0xd24ec4f1a98c6e5bL);
        assertThat(hash("abc", 0)).isEqualTo(0x44bc2cf5ad770999L);
        assertThat(hash("Nobody inspects the spammish repetition", 0)).isEqualTo(0xfbcea83c8a378bf1L);
    }

    @Test
    void goesByTheSeedAndTheRangeOfBytes() {
        byte[] data = "xxabc".getBytes(StandardCharsets.UTF_8);
        assertThat(StableHash.hash(data, 2, 3, 0)).isEqualTo(hash("abc", 0));
        assertThat(hash("abc", 1)).isNotEqualTo(hash("abc", 0));
    }

    private static long hash(String text, long seed) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return StableHash.hash(data, 0, data.length, seed);
    }
}
