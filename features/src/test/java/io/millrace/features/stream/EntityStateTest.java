package io.millrace.features.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What checkpoints hold of entities, as earlier versions have written it: it stays readable. The texts are never edited. */
class EntityStateTest {
    private static final String STATE_1 =
            "01000000000000000700000000000000130000000000000014fffffffffffffffd0000000000000013";

    @Test
    void aStateOfVersion1() {
        EntityState state = EntityState.of(HexFormat.of().parseHex(STATE_1));

        assertThat(state.revision()).isEqualTo(7);
        assertThat(state.asOf()).isEqualTo(19);
        assertThat(state.reminded()).isEqualTo(20);
        assertThat(state.tiles()).containsExactly(-3, 19);
        assertThat(HexFormat.of().formatHex(state.toBytes())).isEqualTo(STATE_1);
        assertThat(EntityState.name(0x0102030405060708L)).isEqualTo("\b\007\006\005\004\003\002\001");
    }

    @Test
    void anotherVersionIsToldApart() {
        assertThatThrownBy(() -> EntityState.of(HexFormat.of().parseHex("02" + STATE_1.substring(2))))
                .hasMessageContaining("another version of Millrace, in format 2")
                .hasMessageContaining("--restart");
    }
}
