package com.example.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivityLevelTest {
    private final ActivityLevel level = new ActivityLevel(new ActivityLevel.Options(2, 5));

    @Test
    void saysHowActiveAUserIs() {
        assertThat(level.transform(Map.of("total_events", 1L))).containsEntry("level", "light");
        assertThat(level.transform(Map.of("total_events", 2L))).containsEntry("level", "regular");
        assertThat(level.transform(Map.of("total_events", 5L, "user_id", 7L)))
                .containsEntry("level", "heavy")
                .containsEntry("user_id", 7L);
    }

    @Test
    void refusesLevelsOutOfOrder() {
        assertThatThrownBy(() -> new ActivityLevel(new ActivityLevel.Options(5, 5)))
                .hasMessage("regular must be less than heavy");
    }
}
