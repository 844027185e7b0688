package io.millrace.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.expression.function.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference describes every function. */
class DocumentedFunctionsTest {
    private static final List<String> PARTS = List.of(
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "hour_of_day",
            "microsecond",
            "millisecond",
            "minute",
            "month",
            "quarter",
            "second",
            "week",
            "year",
            "year_of_week",
            "day",
            "hour");

    @Test
    void everyFunctionIsDescribed() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/expressions.md"));
        List<String> missing = new ArrayList<>();
        for (String name : Functions.names()) {
            if (!page.contains("`" + name + "(") && !PARTS.contains(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(PARTS).allSatisfy(part -> assertThat(page).containsPattern("\\b" + part + "\\b"));
    }
}
