package io.millrace.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SipHash128Test {
    /** Of the authors' vectors: key 00 01 … 0f, input 00 01 02 …. */
    @Test
    void givesThePublishedVectors() {
        assertThat(hash(0)).isEqualTo("a3817f04ba25a8e66df67214c7550293");
        assertThat(hash(1)).isEqualTo("da87c1d86b99af44347659119b22fc45");
        assertThat(hash(2)).isEqualTo("8177228da4a45dc7fca38bdef60affe4");
    }

    @Test
    void dependsOnEveryByteAndOnTheLength() {
        byte[] zeros = new byte[64];
        SipHash128 hash = SipHash128.seeded(7);
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (int length = 0; length <= 64; length++) {
            hash.hash(zeros, length);
            seen.add(hash.first() + " " + hash.second());
        }
        for (int place = 0; place < 64; place++) {
            byte[] one = new byte[64];
            one[place] = 1;
            hash.hash(one, 64);
            seen.add(hash.first() + " " + hash.second());
        }
        assertThat(seen).hasSize(65 + 64);
    }

    private static String hash(int length) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) i;
        }
        SipHash128 hash = new SipHash128(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        hash.hash(input, length);
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(hash.first()).putLong(hash.second());
        return HexFormat.of().formatHex(bytes.array());
    }
}
