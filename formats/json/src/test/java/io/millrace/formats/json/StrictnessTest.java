package io.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a document and what is not, by the lines of two files. */
class StrictnessTest {
    private static Stream<String> lines(String name) {
        try (InputStream in = StrictnessTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> accepted() {
        return lines("accepted.jsonl");
    }

    static Stream<String> refused() {
        return lines("refused.jsonl");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void takesJson(String text) {
        Documents documents = Documents.of(JsonColumn.of("a", DataType.JSON));
        assertThat(documents.add("{\"a\":" + text + "}")).isEmpty();
        assertThat(documents.records().get(0).get("a")).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAnythingElse(String text) {
        // As a value that is kept, and as one that is left out.
        for (DataType type : List.of(DataType.JSON, DataType.STRING)) {
            Documents documents = Documents.of(JsonColumn.of(type == DataType.JSON ? "a" : "b", type));
            Optional<JsonFailure> failure = documents.add("{\"a\":" + text + "}");
            assertThat(failure).as(text).isPresent();
            assertThat(failure.get().column()).isEmpty();
            assertThat(failure.get().offset()).isBetween(0L, text.length() + 6L);
            assertThat(documents.rows()).isZero();
        }
    }

    @Test
    void refusesDocumentsThatAreNoRow() {
        Documents documents = Documents.of(JsonColumn.of("a", DataType.JSON));
        for (String text :
                List.of("", " ", "1", "\"x\"", "[]", "{\"a\":1", "{\"a\":1}}", "{\"a\":1} x", "{}{}", "{} 1")) {
            assertThat(documents.add(text)).as(text).isPresent();
        }
        assertThat(documents.add("null")).isEmpty();
        assertThat(documents.rows()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotUtf8WhereverItStands() {
        Documents documents = Documents.of(JsonColumn.of("b", DataType.STRING));
        for (String hex : List.of(
                "80",
                "c0af",
                "c280c2",
                "e0809f",
                "eda080",
                "edbfbf",
                "f08fbfbf",
                "f4908080",
                "f8888080",
                "ff",
                "e282")) {
            byte[] bad = new byte[hex.length() / 2];
            for (int i = 0; i < bad.length; i++) {
                bad[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            for (int padding = 0; padding < 10; padding++) {
                byte[] head = ("{\"a\":\"" + "x".repeat(padding)).getBytes(StandardCharsets.UTF_8);
                byte[] document = new byte[head.length + bad.length + 2];
                System.arraycopy(head, 0, document, 0, head.length);
                System.arraycopy(bad, 0, document, head.length, bad.length);
                document[document.length - 2] = '"';
                document[document.length - 1] = '}';
                JsonFailure failure = documents.add(document).orElseThrow();
                assertThat(failure.reason()).as(hex).isEqualTo("not valid UTF-8");
                assertThat(failure.offset()).isBetween((long) head.length, (long) head.length + bad.length);
            }
        }
        assertThat(documents.add("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)))
                .isPresent();
        assertThat(documents.add("{\"a\":1}".getBytes(StandardCharsets.UTF_16))).isPresent();
        assertThat(documents.rows()).isZero();
        assertThat(documents.add("\ufeff{\"b\":\"\ufeff\"}")).isEmpty();
        assertThat(documents.records().get(0)).containsEntry("b", "\ufeff");
    }
}
