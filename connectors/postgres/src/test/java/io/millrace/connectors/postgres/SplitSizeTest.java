package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SplitSizeTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void cutsIntoTwoSplitsForEachProcessorWhateverTheRest() {
        SplitSize size = new SplitSize(Optional.empty());
        for (long rest = 0; rest < 10; rest++) {
            long rows = 2L * PROCESSORS * 1_000_000 + rest;
            assertThat(size.splits(rows, rows)).as("%s rows", rows).isEqualTo(2L * PROCESSORS);
        }
    }

    @Test
    void makesNoSmallSplitsAndNoHugeOnes() {
        SplitSize size = new SplitSize(Optional.empty());
        assertThat(size.splits(0, 0)).isEqualTo(1);
        assertThat(size.splits(500_000, 500_000)).isEqualTo(1);
        assertThat(size.splits(500_001, 500_001)).isEqualTo(2);
        assertThat(size.splits(4_000_000_000L, 4_000_000_000L)).isEqualTo(1000);
    }

    @Test
    void takesADeclaredSize() {
        assertThat(new SplitSize(Optional.of(10L)).splits(101, 1_000)).isEqualTo(11);
    }
}
