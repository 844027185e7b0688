package io.millrace.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a session ends. */
class SessionRuleTest {
    private static final SessionRule OPEN = SessionRule.of(Duration.ofNanos(30_000), Optional.empty());
    private static final SessionRule BOUNDED =
            SessionRule.of(Duration.ofNanos(30_000), Optional.of(Duration.ofNanos(100_000)));

    @Test
    void theGapEndsASession() {
        assertThat(OPEN.continues(0, 50, 79)).isTrue();
        assertThat(OPEN.continues(0, 50, 80)).isFalse();
        assertThat(OPEN.end(0, 50)).isEqualTo(80);
    }

    @Test
    void theLongestDurationEndsASession() {
        assertThat(BOUNDED.continues(0, 90, 99)).isTrue();
        assertThat(BOUNDED.continues(0, 90, 100)).isFalse();
        assertThat(BOUNDED.end(0, 50)).isEqualTo(80);
        assertThat(BOUNDED.end(0, 90)).isEqualTo(100);
        assertThat(BOUNDED.mergesParts()).isFalse();
    }

    @Test
    void aPartThatBeginsWithinTheSessionBelongsToIt() {
        assertThat(OPEN.continues(0, 500, 10)).isTrue();
    }

    @Test
    void timesFarApartDoNotWrapAround() {
        assertThat(OPEN.continues(Long.MIN_VALUE + 1, Long.MIN_VALUE + 1, Long.MAX_VALUE))
                .isFalse();
        assertThat(BOUNDED.continues(Long.MIN_VALUE + 1, Long.MAX_VALUE - 5, Long.MAX_VALUE))
                .isFalse();
    }
}
