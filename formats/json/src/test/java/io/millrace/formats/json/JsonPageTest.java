package io.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonPageTest {
    private static JsonPage page(String text, String records, String... values) throws InvalidJson {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonPage.read(
                bytes,
                0,
                bytes.length,
                Optional.ofNullable(records).map(JsonPath::parse),
                List.of(values).stream().map(JsonPath::parse).toList(),
                JsonLimits.DEFAULT);
    }

    private static List<String> records(String text, JsonPage page) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, page.recordCount())
                .mapToObj(i -> new String(bytes, page.start(i), page.size(i), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void findsRecordsAndTheValuesBesideThem() throws InvalidJson {
        String text = "\ufeff {\"meta\":{\"next\":\"c\\u0032\",\"n\":1.50,\"last\":false},\"data\":{\"items\":"
                + "[ {\"a\":[1,{}]} , 12 ,\"é\",null, true,[2]]},\"gone\":null}";
        JsonPage page = page(text, "data.items", "meta.next", "meta.n", "meta.last", "gone", "meta.absent");
        assertThat(records(text, page)).containsExactly("{\"a\":[1,{}]}", "12", "\"é\"", "null", "true", "[2]");
        assertThat(page.hasRecords()).isTrue();
        assertThat(IntStream.range(0, 5).mapToObj(page::value))
                .containsExactly(
                        Optional.of("c2"),
                        Optional.of("1.50"),
                        Optional.of("false"),
                        Optional.empty(),
                        Optional.empty());
    }

    @Test
    void aPageMayBeTheList() throws InvalidJson {
        String text = "[" + "{\"a\":1},".repeat(999) + "{\"a\":2}]";
        JsonPage page = page(text, null);
        assertThat(records(text, page)).hasSize(1_000).endsWith("{\"a\":2}");
    }

    @Test
    void tellsAbsentRecordsFromNone() throws InvalidJson {
        assertThat(page("{\"data\":null}", "data").hasRecords()).isTrue();
        assertThat(page("{\"data\":[]}", "data").hasRecords()).isTrue();
        assertThat(page("{\"items\":[1]}", "data").hasRecords()).isFalse();
        assertThat(page("{\"data\":null}", "data.items").hasRecords()).isFalse();
    }

    @Test
    void checksTheWholeDocumentFirst() {
        assertThatThrownBy(() -> page("{\"data\":[{\"a\":1},{\"a\":", "data"))
                .isInstanceOf(InvalidJson.class)
                .hasMessageContaining("not JSON (ends too early) (at byte 22)");
        assertThatThrownBy(() -> page("<html>", "data")).hasMessageContaining("not JSON (at byte");
        assertThatThrownBy(() -> page("{\"data\":{}}", "data")).hasMessageContaining("an object instead of a list");
        assertThatThrownBy(() -> page("{\"next\":{}}", "data", "next"))
                .hasMessageContaining("an object instead of a single value");
        assertThatThrownBy(() -> page("{\"data\":[],\"data\":[1]}", "data")).hasMessageContaining("occurs twice");
        assertThatThrownBy(() -> page("{\"data\":[]} {}", "data")).hasMessageContaining("more text behind");
    }
}
