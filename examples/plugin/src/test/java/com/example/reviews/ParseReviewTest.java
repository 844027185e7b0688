package com.example.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParseReviewTest {
    private final ParseReview parse = new ParseReview(new ParseReview.Options(";", false));

    @Test
    void splitsALineIntoColumns() {
        assertThat(parse.transform(Map.of("line", 1L, "text", "anna;4.5;fine")))
                .isEqualTo(Map.of("user", "anna", "rating", 4.5, "review", "fine"));
    }

    @Test
    void leavesEmptyLinesOutAndRejectsOthers() {
        assertThat(parse.transform(Map.of("text", " "))).isNull();
        assertThatThrownBy(() -> parse.transform(Map.of("text", "a;b"))).hasMessage("is not user, rating and text");
    }
}
