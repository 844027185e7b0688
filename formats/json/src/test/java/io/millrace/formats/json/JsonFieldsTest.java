package io.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.InvalidSetting;
import io.millrace.api.data.DataType;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    @Test
    void settingsAreATypeOrAMap() {
        Map<String, JsonFieldSettings> settings = new LinkedHashMap<>();
        settings.put("event.id", JsonFieldSettings.fromYaml("int64"));
        settings.put("page", JsonFieldSettings.fromYaml(Map.of("path", "props.page", "type", "string")));
        settings.put(
                "ts",
                JsonFieldSettings.fromYaml(
                        Map.of("type", "timestamp", "required", true, "epoch", "seconds", "zone", "Asia/Shanghai")));
        JsonFields fields = JsonFields.of(settings);
        assertThat(fields.columns())
                .containsExactly(
                        JsonColumn.of("event.id", DataType.INT64),
                        Documents.column("page", "props.page", DataType.STRING),
                        new JsonColumn(
                                "ts",
                                JsonPath.of("ts"),
                                DataType.TIMESTAMP,
                                true,
                                Optional.of(EpochUnit.SECONDS),
                                Optional.of(ZoneId.of("Asia/Shanghai"))));
        assertThat(fields.schema().toString()).isEqualTo("(event.id int64, page string, ts timestamp not null)");
        assertThat(JsonFields.parse(fields.text())).isEqualTo(fields);
        assertThatThrownBy(() -> JsonFields.parse("[{}]")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(Object value, String key, String message) {
        assertThatThrownBy(() -> JsonFieldSettings.fromYaml(value))
                .hasMessageContaining(message)
                .satisfies(e -> {
                    if (key != null) {
                        assertThat(((InvalidSetting) e).key()).isEqualTo(key);
                    }
                });
    }

    @Test
    void settingsSayWhatIsWrong() {
        refused("int65", null, "did you mean 'int64'?");
        refused(7L, null, "must be a type such as int64");
        refused(Map.of("path", "a"), null, "the key 'type' is missing");
        refused(Map.of("type", "int64", "pat", "a"), null, "did you mean 'path'?");
        refused(Map.of("type", "strng"), "type", "did you mean 'string'?");
        refused(Map.of("type", "string", "path", "a..b"), "path", "has an empty name at character 3");
        refused(Map.of("type", "string", "required", "yes"), "required", "true or false");
        refused(Map.of("type", "string", "epoch", "seconds"), "epoch", "is only for timestamps");
        refused(Map.of("type", "timestamp", "epoch", "second"), "epoch", "did you mean 'seconds'?");
        refused(Map.of("type", "timestamp", "zone", "Asia/Shanghia"), "zone", "did you mean 'Asia/Shanghai'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a.b.c", "a[0]", "[3].x", "a[0][1].b", "\"a.b\".c", "a.\"\\\"x\\\\\"", "\"\"", "a b.c"})
    void pathsAreWrittenAsTheyAreRead(String text) {
        assertThat(JsonPath.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "a[",
                "a[x]",
                "a[-1]",
                "a]b",
                "a\"b\"",
                "\"a",
                "a[0]b",
                " a",
                "a[9999999]"
            })
    void pathsThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> JsonPath.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the path '" + text + "'");
    }

    @Test
    void ownKeysAreOneNameWhateverTheyHold() {
        assertThat(JsonPath.of("a.b[0]").steps()).isEqualTo(List.of(new JsonPath.Name("a.b[0]")));
        assertThat(JsonPath.parse(JsonPath.of("a.b[0]").toString())).isEqualTo(JsonPath.of("a.b[0]"));
    }
}
