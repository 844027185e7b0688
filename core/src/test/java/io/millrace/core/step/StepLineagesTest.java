package io.millrace.core.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.lineage.Dependency;
import io.millrace.core.lineage.Origin;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps whose lineage is known, and what is refused for its sake. */
@SuppressWarnings("varargs")
class StepLineagesTest {
    private static final Map<String, Object> WHOLE = Map.of("tables", Map.of("table", "items"));
    private static final Map<String, Object> KEYED = Map.of("keyed", WHOLE);

    @SafeVarargs
    private static StepChain chain(Map<String, Object>... steps) {
        return RandomSteps.chain(new ArrayList<>(List.of(steps)));
    }

    private static Map<String, Object> enrich(Object from, Object missing) {
        return Map.of(
                "enrich",
                Map.of("from", from, "on", Map.of("a", "id"), "add", Map.of("title", "label"), "missing", missing));
    }

    private static Map<String, Object> deduplicate(String column) {
        return Map.of("deduplicate", Map.of("key", List.of(column)));
    }

    private static Dependency input(String column, Part part, String... steps) {
        return new Dependency(new Origin.Input(column), part, List.of(steps));
    }

    @Test
    void aValueIsFollowedThroughAllStepsToTheColumnsItComesFrom() {
        Map<String, Object> derived = new LinkedHashMap<>();
        derived.put("total", "a * b");
        derived.put("renamed", "c");
        ColumnLineage lineage = chain(
                        Map.of("derive", derived),
                        Map.of("filter", "d <> 'x'"),
                        enrich(WHOLE, "set_null"),
                        Map.of(
                                "aggregate",
                                Map.of(
                                        "by",
                                        List.of("renamed"),
                                        "measures",
                                        Map.of("revenue", "sum(total) FILTER (WHERE title = 'x')"))))
                .lineage();
        assertThat(lineage.columns()).containsExactly("renamed", "revenue");
        assertThat(lineage.of("renamed")).containsExactly(input("c", Part.IDENTITY));
        Origin title = new Origin.LookedUp("enrich", "tables", "label", true);
        Origin key = new Origin.LookedUp("enrich", "tables", "id", true);
        assertThat(lineage.of("revenue"))
                .containsExactly(
                        input("a", Part.VALUE, "derive", "aggregate"),
                        input("b", Part.VALUE, "derive", "aggregate"),
                        input("a", Part.FILTER, "enrich", "aggregate"),
                        new Dependency(key, Part.FILTER, List.of("enrich", "aggregate")),
                        new Dependency(title, Part.FILTER, List.of("enrich", "aggregate")));
        assertThat(lineage.rows())
                .contains(
                        input("d", Part.FILTER, "filter"),
                        input("a", Part.REJECT, "derive", "enrich", "aggregate"),
                        input("c", Part.KEY, "aggregate"));
    }

    @Test
    void ofCodeThatNobodyCanLookIntoEverythingMayComeFromEverything() {
        ColumnLineage lineage = ColumnLineage.of(RandomSteps.SOURCE)
                .then("java", StepLineage.opaque(RandomSteps.SOURCE, RandomSteps.SOURCE.project(List.of("a"))));
        assertThat(lineage.origins("a")).hasSize(RandomSteps.SOURCE.size());
        assertThat(lineage.of("a").get(3)).isEqualTo(input("d", Part.VALUE, "java"));
    }

    @Test
    void rowsMayNotBeDroppedForOthersThatAServerDecidesAbout() {
        refused(enrich(KEYED, "drop_row"), deduplicate("b"));
        refused(enrich(KEYED, "reject"), deduplicate("b"));
        refused(enrich(KEYED, "set_null"), deduplicate("title"));
        refused(enrich(KEYED, "set_null"), Map.of("filter", "title = 'x'"), deduplicate("b"));
        refused(enrich(KEYED, "set_null"), Map.of("check", Map.of("title", "not_null", "b", "unique")));
        refused(Map.of("check", Map.of("a", Map.of("exists_in", Map.of("from", KEYED, "on", "id")), "b", "unique")));
        assertThatThrownBy(() -> chain(enrich(KEYED, "drop_row"), deduplicate("b")))
                .hasMessageContainingAll(
                        "step 'deduplicate'", "id of tables (enrich)", "without keyed", "before the one", "order_by");
    }

    @SafeVarargs
    private static void refused(Map<String, Object>... steps) {
        assertThatThrownBy(() -> chain(steps))
                .as("%s", List.of(steps))
                .hasMessageContaining("a server that is asked by key");
    }

    @Test
    void whatCannotLoseAKeyIsAllowed() {
        allowed(enrich(KEYED, "set_null"), deduplicate("b"));
        allowed(deduplicate("b"), enrich(KEYED, "drop_row"));
        allowed(enrich(WHOLE, "drop_row"), deduplicate("b"));
        allowed(
                enrich(KEYED, "drop_row"),
                Map.of("deduplicate", Map.of("key", List.of("b"), "order_by", List.of("t"))));
        allowed(enrich(KEYED, "drop_row"), Map.of("check", Map.of("b", Map.of("unique", true, "severity", "warn"))));
        // Behind a keyed step rows come from files, the same whenever they are read.
        allowed(
                enrich(KEYED, "drop_row"),
                Map.of("aggregate", Map.of("by", List.of("b", "c"), "measures", Map.of("n", "count(*)"))),
                deduplicate("b"));
    }

    @SafeVarargs
    private static void allowed(Map<String, Object>... steps) {
        assertThatCode(() -> chain(steps)).as("%s", List.of(steps)).doesNotThrowAnyException();
    }
}
