package io.millrace.core.transform.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.core.config.Binder;
import io.millrace.core.config.Leaf;
import io.millrace.core.config.Place;
import io.millrace.core.config.Problems;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.config.Shapes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class DeriveSettingsTest {
    private static Map<String, Object> columns(Object... namesAndExpressions) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndExpressions.length; i += 2) {
            columns.put((String) namesAndExpressions[i], namesAndExpressions[i + 1]);
        }
        return columns;
    }

    private static DeriveSettings bind(Map<String, Object> columns) {
        return SettingsMaps.bind(DeriveSettings.class, "derive", columns);
    }

    private static SortedMap<String, Leaf> identity(Map<String, Object> columns) {
        Problems problems = new Problems();
        Binder binder = new Binder(problems);
        Place place = Place.named("test");
        binder.bind(Shapes.of(DeriveSettings.class), SettingsMaps.tree(columns, place), "transform.0.derive", place);
        problems.throwIfAny();
        return binder.leaves();
    }

    @Test
    void keepsTheOrderInWhichColumnsAreWritten() {
        assertThat(bind(columns("z", "1", "a", 2, "m", true)).columns().keySet())
                .containsExactly("z", "a", "m");
    }

    @Test
    void anotherOrderIsAnotherDefinition() {
        Map<String, Object> one = columns("a", "b + 1", "b", "a + 1");
        Map<String, Object> other = columns("b", "a + 1", "a", "b + 1");
        assertThat(identity(one))
                .isNotEqualTo(identity(other))
                .isEqualTo(identity(columns("a", "b + 1", "b", "a + 1")));
    }

    @Test
    void tellsAllSyntaxErrorsAtOnce() {
        assertThatThrownBy(() -> bind(columns("x", "a +", "fine", "a", "y", "count(*)")))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("x: line 1, column 4: the expression ends too early")
                .hasMessageContaining("y: line 1, column 1: count with (*) is an aggregate");
    }

    @Test
    void numbersWhoseDigitsYamlWouldChangeAreWrittenAsText() {
        assertThatThrownBy(() -> bind(columns("x", 1.10))).hasMessageContaining("write the number in quotes");
    }
}
