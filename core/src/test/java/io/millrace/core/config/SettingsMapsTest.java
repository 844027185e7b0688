package io.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsMapsTest {
    private record Options(
            @Setting("The host.") String host,
            @Setting(value = "The port.", defaultValue = "5432") int port,
            @Setting("The password.") Optional<Secret> password,
            @Setting("The wait.") Optional<Duration> delay,
            @Setting("Types.") Map<String, DataType> types,
            @Setting("Names.") List<String> names) {}

    @Test
    void bindsJavaValues() {
        Options options = SettingsMaps.bind(
                Options.class,
                "my source",
                Map.of(
                        "host", "h",
                        "port", 1,
                        "password", Secret.of("s"),
                        "delay", Duration.ofMinutes(3),
                        "types", Map.of("a", DataType.INT64, "b", "date"),
                        "names", List.of("x")));

        assertThat(options)
                .isEqualTo(new Options(
                        "h",
                        1,
                        Optional.of(Secret.of("s")),
                        Optional.of(Duration.ofMinutes(3)),
                        Map.of("a", DataType.INT64, "b", DataType.DATE),
                        List.of("x")));
    }

    @Test
    void tellsAllProblemsByKeyPath() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("host", null);
        values.put("prt", 1);
        values.put("password", List.of("hunter2"));
        values.put("types", Map.of("a", "int46"));

        assertThatThrownBy(() -> SettingsMaps.bind(Options.class, "my source", values))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line)
                                        .startsWith("my source: prt: unknown key; did you mean 'port'?"),
                                line -> assertThat(line).startsWith("my source: host: has no value"),
                                line -> assertThat(line).isEqualTo("my source: password: must be text; found a list"),
                                line -> assertThat(line).startsWith("my source: types.a: 'int46' is not a type")));
    }

    @Test
    void keepsTextAsTextAndNumbersAsNumbers() {
        assertThatThrownBy(() -> SettingsMaps.bind(Options.class, "s", Map.of("host", "h", "port", "1")))
                .hasMessage("s: port: must be a whole number, but '1' is quoted; remove the quotes");
    }
}
