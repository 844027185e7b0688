package io.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What authors of settings records are told when they break the rules. */
class ShapesTest {
    private record Undescribed(String name) {}

    private record OfNoKind(@Setting("A thread.") Thread thread) {}

    private record NumbersAsKeys(@Setting("A map.") Map<Integer, String> map) {}

    private record Doubtful(@Setting(value = "A name.", defaultValue = "x") Optional<String> name) {}

    private record Endless(@Setting("More.") Optional<Endless> more) {}

    private record TwoInline(@Setting(value = "One.", inline = true) String one, @Setting("Two.") String two) {}

    private record BadDefault(@Setting(value = "A number.", defaultValue = "many") int number) {}

    @Test
    void refusesWhatCannotBeASetting() {
        assertThatThrownBy(() -> Shapes.of(Undescribed.class))
                .hasMessageEndingWith("Undescribed.name: a settings" + " component needs @Setting");
        assertThatThrownBy(() -> Shapes.of(OfNoKind.class))
                .hasMessageEndingWith("OfNoKind.thread: settings cannot have the type java.lang.Thread");
        assertThatThrownBy(() -> Shapes.of(NumbersAsKeys.class)).hasMessageContaining("settings cannot have the type");
        assertThatThrownBy(() -> Shapes.of(Doubtful.class)).hasMessageContaining("is Optional and has a default");
        assertThatThrownBy(() -> Shapes.of(Endless.class)).hasMessageContaining("contain themselves");
        assertThatThrownBy(() -> Shapes.of(TwoInline.class)).hasMessageContaining("only a record's single component");
    }

    @Test
    void tellsAWrongDefaultAsADefect() {
        assertThatThrownBy(() -> SettingsMaps.bind(BadDefault.class, "s", Map.of()))
                .hasMessageContaining("a default is not valid: ")
                .hasMessageContaining("number: must be a whole number; found 'many'");
    }

    @Test
    void writesNamesInSnakeCase() {
        assertThat(List.of("timeColumn", "ReplaceWindow", "url", "maxErrorRate"))
                .extracting(Shapes::snakeCase)
                .containsExactly("time_column", "replace_window", "url", "max_error_rate");
    }
}
