package io.millrace.formats.json;

import static io.millrace.formats.json.Documents.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonDecoderTest {
    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return row;
    }

    @Test
    void readsKeysInAnyOrderAndLeavesTheOthersOut() {
        Documents documents = Documents.of(JsonColumn.of("a", DataType.INT64), JsonColumn.of("b", DataType.STRING));
        assertThat(documents.add("{\"b\":\"x\",\"zzz\":[{\"a\":7}],\"a\":1}")).isEmpty();
        assertThat(documents.add("{}")).isEmpty();
        assertThat(documents.add(" \n{\"a\":null,\"b\":\"y\"}\t ")).isEmpty();
        assertThat(documents.records())
                .isEqualTo(List.of(row("a", 1L, "b", "x"), row("a", null, "b", null), row("a", null, "b", "y")));
    }

    @Test
    void followsPathsThroughObjectsAndLists() {
        Documents documents = Documents.of(
                column("page", "props.page", DataType.STRING),
                column("first", "items[0].id", DataType.INT64),
                column("third", "items[2].id", DataType.INT64),
                column("odd", "\"a.b\".\"c\\\"d\"", DataType.STRING),
                column("props", "props", DataType.JSON));
        assertThat(documents.add(
                        "{\"props\": {\"page\":\"/\", \"x\":[1]}, \"items\":[{\"id\":1},{\"id\":2},{\"id\":3}],"
                                + "\"a.b\":{\"c\\\"d\":\"e\"}}"))
                .isEmpty();
        assertThat(documents.add("{\"props\":null,\"items\":[{\"id\":4}]}")).isEmpty();
        assertThat(documents.records())
                .isEqualTo(List.of(
                        row("page", "/", "first", 1L, "third", 3L, "odd", "e", "props", "{\"page\":\"/\", \"x\":[1]}"),
                        row("page", null, "first", 4L, "third", null, "odd", null, "props", null)));
    }

    @Test
    void aRowMayBeAList() {
        Documents documents =
                Documents.of(column("id", "[0]", DataType.INT64), column("name", "[2].n", DataType.STRING));
        assertThat(documents.add("[7, 8, {\"n\":\"x\"}]")).isEmpty();
        assertThat(documents.add("{}").orElseThrow().reason()).isEqualTo("an object instead of a list");
        assertThat(documents.records()).isEqualTo(List.of(row("id", 7L, "name", "x")));
    }

    @Test
    void severalColumnsMayReadOneValue() {
        Documents documents = Documents.of(
                column("n", "v", DataType.INT64),
                column("text", "v", DataType.STRING),
                column("j", "v", DataType.JSON));
        assertThat(documents.add("{\"v\":5}")).isEmpty();
        assertThat(documents.records()).isEqualTo(List.of(row("n", 5L, "text", "5", "j", "5")));
        Documents lists =
                Documents.of(column("l", "v", DataType.list(DataType.INT64)), column("j", "v", DataType.JSON));
        assertThat(lists.add("{\"v\":[1, 2]}")).isEmpty();
        assertThat(lists.records()).isEqualTo(List.of(row("l", List.of(1L, 2L), "j", "[1, 2]")));
    }

    @Test
    void aFailureNamesColumnValueAndPlaceAndLeavesNothingBehind() {
        Documents documents = Documents.of(
                column("tags", "tags", DataType.list(DataType.STRING)),
                column("n", "p.n", DataType.INT64),
                column("s", "s", DataType.STRING));
        assertThat(documents.add("{\"tags\":[\"x\"],\"s\":\"kept\"}")).isEmpty();
        String bad = "{\"tags\":[\"a\",\"b\"],\"s\":\"gone\",\"p\":{\"n\":\"seven\"}}";
        assertThat(documents.add(bad))
                .contains(new JsonFailure(
                        Optional.of("n"), "not a whole number of 64 bits", "seven", bad.indexOf("\"seven\"")));
        assertThat(documents.add("{\"p\":[1]}"))
                .contains(new JsonFailure(Optional.of("n"), "a list instead of an object", "[1]", 5));
        assertThat(documents.add("{\"p\":true}"))
                .contains(new JsonFailure(Optional.of("n"), "not an object", "true", 5));
        assertThat(documents.add("{\"s\":{\"deep\":[1,{}]},\"x\":1}"))
                .contains(new JsonFailure(Optional.of("s"), "an object instead of text", "{\"deep\":[1,{}]}", 5));
        assertThat(documents.rows()).isEqualTo(1);
        assertThat(documents.add("{\"p\":{\"n\":1}}")).isEmpty();
        assertThat(documents.records())
                .isEqualTo(List.of(
                        row("tags", List.of("x"), "n", null, "s", "kept"), row("tags", null, "n", 1L, "s", null)));
    }

    @Test
    void requiredColumnsRefuseNullAndAbsenceApart() {
        Documents documents = Documents.of(
                new JsonColumn("a", JsonPath.of("a"), DataType.INT64, true, Optional.empty(), Optional.empty()));
        assertThat(documents.add("{\"a\":null}"))
                .contains(new JsonFailure(Optional.of("a"), "null, but required", "{\"a\":null}", 0));
        assertThat(documents.add("{\"b\":1}"))
                .contains(new JsonFailure(Optional.of("a"), "missing, but required", "{\"b\":1}", 0));
        assertThat(documents.rows()).isZero();
    }

    @Test
    void refusesDuplicateKeysAnywhere() {
        Documents documents = Documents.of(JsonColumn.of("a", DataType.INT64));
        for (String twice : List.of(
                "{\"a\":1,\"a\":1}",
                "{\"x\":1,\"a\":1,\"x\":2}",
                "{\"o\":{\"k\":1,\"k\":2}}",
                "{\"o\":[{},{\"k\":1,\"k\":2}]}",
                "{\"k\":1,\"\\u006b\":2}")) {
            assertThat(documents.add(twice).orElseThrow().reason()).as(twice).endsWith("occurs twice");
        }
        assertThat(documents.add("{\"a\":1,\"o\":{\"a\":1,\"b\":{\"a\":1}},\"p\":[{\"a\":1},{\"a\":1}]}"))
                .isEmpty();
        assertThat(documents.rows()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        Documents documents =
                new Documents(new JsonFields(List.of(JsonColumn.of("a", DataType.JSON))), new JsonLimits(1_000, 10));
        String fits = "{\"a\":" + "[".repeat(9) + "]".repeat(9) + "}";
        assertThat(documents.add(fits)).isEmpty();
        String deep = "{\"a\":" + "[".repeat(10) + "]".repeat(10) + "}";
        assertThat(documents.add(deep).orElseThrow().reason()).isEqualTo("nested deeper than 10 levels");
        String unread = "{\"b\":" + "[".repeat(10) + "]".repeat(10) + "}";
        assertThat(documents.add(unread).orElseThrow().reason()).isEqualTo("nested deeper than 10 levels");
        String longer = "{\"a\":\"" + "x".repeat(1_000) + "\"}";
        assertThat(documents.add(longer).orElseThrow().reason()).isEqualTo("longer than 1000 bytes");
        assertThat(documents.add("{\"a\":" + "1".repeat(990) + "}")).isEmpty();
        assertThat(documents.rows()).isEqualTo(2);
    }

    @Test
    void leavesTheOtherColumnsOfTheBuilderToTheCaller() {
        BatchBuilder builder = new BatchBuilder(Schema.of(
                Field.of("_offset", DataType.INT64),
                Field.of("a", DataType.INT64),
                Field.of("_partition", DataType.INT64)));
        JsonDecoder decoder =
                new JsonFields(List.of(JsonColumn.of("a", DataType.INT64))).decoder(builder, 1, JsonLimits.DEFAULT);
        for (int batch = 0; batch < 2; batch++) {
            for (String text : List.of("{\"a\":1}", "{\"a\":\"x\"}", "{\"a\":2}")) {
                if (decoder.decode(text.getBytes(StandardCharsets.UTF_8)).isEmpty()) {
                    ((LongColumn.Builder) builder.column(0)).append(10);
                    ((LongColumn.Builder) builder.column(2)).append(20);
                }
            }
            assertThat(builder.build(null).records())
                    .isEqualTo(List.of(
                            row("_offset", 10L, "a", 1L, "_partition", 20L),
                            row("_offset", 10L, "a", 2L, "_partition", 20L)));
        }
    }

    @Test
    void longRawValuesAreCutBetweenCharacters() {
        Documents documents = Documents.of(JsonColumn.of("a", DataType.INT64));
        String value = "x" + "😀".repeat(JsonFailure.MAX_RAW);
        String raw = documents.add("{\"a\":\"" + value + "\"}").orElseThrow().rawValue();
        assertThat(raw).hasSize(JsonFailure.MAX_RAW - 1).isEqualTo(value.substring(0, JsonFailure.MAX_RAW - 1));
    }

    @Test
    void refusesFieldsThatCannotBeReadTogether() {
        assertThatThrownBy(() -> Documents.of(
                        column("tags", "tags", DataType.list(DataType.STRING)),
                        column("first", "tags[0]", DataType.STRING)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("'tags' and 'first' both read what is at tags");
        assertThatThrownBy(() -> Documents.of(JsonColumn.of("a", DataType.INT64), JsonColumn.of("a", DataType.JSON)))
                .hasMessageContaining("occurs twice");
    }
}
