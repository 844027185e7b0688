package io.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonInferenceTest {
    private static JsonInference inference(String... documents) {
        JsonInference inference = new JsonInference(JsonLimits.DEFAULT);
        for (String document : documents) {
            assertThat(add(inference, document)).isEmpty();
        }
        return inference;
    }

    private static Optional<JsonFailure> add(JsonInference inference, String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return inference.add(bytes, 0, bytes.length);
    }

    /** The type inferred for a key that has these values, each in a document of its own. */
    private static String type(String... values) {
        JsonInference inference = new JsonInference(JsonLimits.DEFAULT);
        for (String value : values) {
            assertThat(add(inference, "{\"c\":" + value + "}")).isEmpty();
        }
        JsonFields fields = inference.fields();
        // Whatever was inferred must read what it was inferred from.
        Documents documents = new Documents(fields, JsonLimits.DEFAULT);
        for (String value : values) {
            assertThat(documents.add("{\"c\":" + value + "}")).as(value).isEmpty();
        }
        return fields.columns().get(0).type().toString();
    }

    @Test
    void widensAsPromised() {
        assertThat(type("true", "null")).isEqualTo("boolean");
        assertThat(type("1", "null", "-5")).isEqualTo("int64");
        assertThat(type("1", "18446744073709551616")).isEqualTo("decimal(38,0)");
        assertThat(type("1", "2.5")).isEqualTo("float64");
        assertThat(type("9007199254740993", "2.5")).isEqualTo("string");
        assertThat(type("18446744073709551616", "2.5")).isEqualTo("string");
        assertThat(type("1".repeat(39))).isEqualTo("string");
        assertThat(type("1e400")).isEqualTo("string");
        assertThat(type("\"2024-01-01\"")).isEqualTo("string");
        assertThat(type("\"x\"", "1", "true")).isEqualTo("string");
        assertThat(type("true", "1")).isEqualTo("string");
        assertThat(type("{}", "null")).isEqualTo("json");
        assertThat(type("{}", "1")).isEqualTo("json");
        assertThat(type("[1]", "1")).isEqualTo("json");
        assertThat(type("[1, null]", "[2.5]")).isEqualTo("list(float64)");
        assertThat(type("[\"x\"]", "[]")).isEqualTo("list(string)");
        assertThat(type("[[1],[2]]")).isEqualTo("list(list(int64))");
        assertThat(type("[{}]")).isEqualTo("json");
        assertThat(type("[]")).isEqualTo("json");
        assertThat(type("null")).isEqualTo("string");
    }

    @Test
    void keepsTheOrderInWhichKeysOccur() {
        JsonFields fields = inference("{\"b\":1,\"a\":2}", "{\"c\":3,\"a\":4}").fields();
        assertThat(fields.schema().names()).containsExactly("b", "a", "c");
    }

    @Test
    void learnsNothingFromWhatIsNoObject() {
        JsonInference inference = inference("{\"a\":1}");
        assertThat(add(inference, "{\"a\":\"x\",\"b\":1").orElseThrow().reason())
                .isEqualTo("not JSON (ends too early)");
        assertThat(add(inference, "[1]").orElseThrow().reason()).isEqualTo("a list instead of an object");
        assertThat(inference.fields().schema().toString()).isEqualTo("(a int64)");
        assertThatThrownBy(() -> inference().fields())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("declare them under schema");
    }

    @Test
    void refusesKeysThatAreData() {
        JsonInference inference = inference();
        StringBuilder document = new StringBuilder("{\"k\":1");
        for (int i = 0; i < JsonInference.MAX_COLUMNS; i++) {
            document.append(",\"k").append(i).append("\":1");
        }
        assertThatThrownBy(() -> add(inference, document + "}"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("keys are data");
    }
}
