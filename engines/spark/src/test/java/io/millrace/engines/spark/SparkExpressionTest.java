package io.millrace.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.core.expression.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkExpressionTest {
    private static SparkExpression render(String text) {
        return SparkExpression.of(Expression.parse(text), NastyBatch.SCHEMA, Instant.EPOCH);
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> render(text))
                .as(text)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("line 1, column ")
                .hasMessageContaining("derive it as a column");
    }

    @Test
    void tellsFailuresByAConditionBesideTheValue() {
        assertThat(render("l1 + 1"))
                .extracting(SparkExpression::value, SparkExpression::failed)
                .containsExactly("try_add(`l1`, 1L)", "(try_add(`l1`, 1L) IS NULL AND `l1` IS NOT NULL)");
        assertThat(render("l1 = 1 AND f1 < 2").mayFail()).isFalse();
    }

    @Test
    void aPartThatIsNotLookedAtCannotFail() {
        assertThat(render("b1 AND l1 % l2 = 0").failed())
                .isEqualTo(
                        "((`b1` IS NOT FALSE) AND ((`l1` % `l2`) IS NULL AND `l1` IS NOT NULL AND `l2` IS NOT NULL))");
    }

    @Test
    void constantsAreComputedBefore() {
        assertThat(render("l1 > 2 * 3 + length('abc')").value()).isEqualTo("(`l1` > 9L)");
        assertThat(render("s1 = 'it''s \\'").value()).isEqualTo("(`s1` = 'it\\'s \\\\')");
    }

    @Test
    void refusesWhatSparkDoesDifferently() {
        refuses("regexp_like(s1, 'a+')", "Spark has no regexp_like");
        refuses("url_host(s1) = 'a'", "Spark has no url_host");
        refuses("geohash(f1, f2, 5)", "Spark has no geohash");
        refuses("haversine_km(f1, f2, f1, f2)", "Spark has no haversine_km");
        refuses("device_class(s1)", "Spark has no device_class");
        refuses("s1 LIKE s2", "must be a literal text");
        refuses("CAST(f1 AS string)", "with other digits");
        refuses("CAST(f1 AS decimal(38,18))", "with other digits");
        refuses("m5 % m2", "ends the query");
        refuses("m2 = m5", "38 digits");
        refuses(
                "split_part(".repeat(6) + "s1" + ", ',', l1)".repeat(6) + " || " + "repeat(".repeat(9) + "s1"
                        + ", l1)".repeat(9),
                "characters");
        refuses("date_add('month', l1, d1)", "must be a literal");
    }

    @Test
    void whatDoesNotFitTheSchemaIsTheUsersErrorAsElsewhere() {
        assertThatThrownBy(() -> render("l1 + s1")).hasMessageContaining("+ is for numbers");
        assertThatThrownBy(() -> render("nowhere = 1")).hasMessageContaining("no column 'nowhere'");
    }

    @Test
    void thePageNamesWhatIsRefused() throws IOException {
        String page = Files.readString(Path.of("../../docs/engines/spark-expressions.md"));
        for (String name :
                List.of("regexp_like", "url_host", "geohash", "haversine_km", "device_class", "user_agent_os")) {
            assertThat(page).contains(name);
        }
        SparkSettings.all().forEach((name, value) -> assertThat(page).contains("| `" + name + "` | " + value + " |"));
    }
}
