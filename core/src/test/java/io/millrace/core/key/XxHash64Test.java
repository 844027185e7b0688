package io.millrace.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class XxHash64Test {
    @Test
    void agreesWithPublishedValues() {
        assertThat(hash("", 0)).isEqualTo(0xef46db3751d8e999L);
        assertThat(hash("a", 0)).isEqualTo(0xd24ec4f1a98c6e5bL);
        assertThat(hash("abc", 0)).isEqualTo(0x44bc2cf5ad770999L);
        assertThat(hash("xxhash", 20141025)).isEqualTo(Long.parseUnsignedLong("13067679811253438005"));
        assertThat(hash("Nobody inspects the spammish repetition", 0)).isEqualTo(0xfbcea83c8a378bf1L);
    }

    @Test
    void hashesAPartOfAnArrayLikeTheWhole() {
        byte[] around = ("__" + "Nobody inspects the spammish repetition" + "__").getBytes(StandardCharsets.UTF_8);
        assertThat(XxHash64.hash(around, 2, around.length - 2, 0)).isEqualTo(0xfbcea83c8a378bf1L);
    }

    private static long hash(String text, long seed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return XxHash64.hash(bytes, 0, bytes.length, seed);
    }
}
