package io.millrace.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
    private static CsvText read(String text) {
        return new CsvText(text, CsvSettings.DEFAULT).read();
    }

    private static CsvSettings with(String delimiter, String quote, String escape, String nullText, boolean newlines) {
        return new CsvSettings(true, delimiter, quote, Optional.ofNullable(escape), nullText, newlines);
    }

    @Test
    void readsQuotesDelimitersAndLineEndsInsideValues() {
        CsvText text = read("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\"\"\nplain,5\" pipe\n");
        assertThat(text.values())
                .containsExactly(
                        List.of("x,y", "say \"hi\""), List.of("two\nlines", "\""), List.of("plain", "5\" pipe"));
        assertThat(text.rejects).isEmpty();
    }

    @Test
    void acceptsBothLineEndsAMarkAndNoneAtTheEnd() {
        assertThat(read("\uFEFFa,b\r\n1,2\r\n\"3\",\"4\"\r\n\n5,6").values())
                .containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5", "6"));
        assertThat(read("a,b\n1,\"2\"").values()).containsExactly(List.of("1", "2"));
        assertThat(read("a,b\n1,").values()).containsExactly(Arrays.asList("1", null));
    }

    @Test
    void anEmptyFileHasNoRows() {
        assertThat(read("").values()).isEmpty();
        assertThat(read("a,b\n").values()).isEmpty();
    }

    @Test
    void tellsEmptyTextFromNull() {
        assertThat(read("a,b\n,\"\"\n").values()).containsExactly(Arrays.asList(null, ""));
        CsvText text = new CsvText("a,b\n\\N,\"\\N\"\n,x\n", with(",", "\"", null, "\\N", true)).read();
        assertThat(text.values()).containsExactly(Arrays.asList(null, "\\N"), List.of("", "x"));
    }

    @Test
    void takesOtherDelimitersQuotesAndEscapes() {
        CsvText tabs = new CsvText("a\tb\n'x\ty'\tz\n", with("\t", "'", null, "", true)).read();
        assertThat(tabs.values()).containsExactly(List.of("x\ty", "z"));
        CsvText escapes = new CsvText(
                        "a,b\n\"say \\\"hi\\\"\",x\\,y\n\"back\\\\\",\\\\\n", with(",", "\"", "\\", "", true))
                .read();
        assertThat(escapes.values()).containsExactly(List.of("say \"hi\"", "x,y"), List.of("back\\", "\\"));
        CsvText none = new CsvText("a,b\n\"x,y\"\n", with(",", "", null, "", true)).read();
        assertThat(none.values()).containsExactly(List.of("\"x", "y\""));
    }

    @Test
    void rejectsRaggedRecordsWithTheirPlace() {
        CsvText text = read("a,b\n1,2\n3\n4,5,6\n\"x\ny\",7\n8,9,\n10,11\n");
        assertThat(text.values()).containsExactly(List.of("1", "2"), List.of("x\ny", "7"), List.of("10", "11"));
        assertThat(text.rejects)
                .containsExactly(
                        "3@8 has not 2 values: 3", "4@10 has not 2 values: 4,5,6", "7@24 has not 2 values: 8,9,");
    }

    @Test
    void losesOnlyTheLineWhoseQuoteIsBroken() {
        CsvText open = read("a,b\n1,2\n\"never closed,3\n4,5\n6,7\n");
        assertThat(open.values()).containsExactly(List.of("1", "2"), List.of("4", "5"), List.of("6", "7"));
        assertThat(open.rejects).containsExactly("3@8 has a quote that is not closed: \"never closed,3");
        CsvText behind = read("a,b\n\"x\"y,3\n4,5\n");
        assertThat(behind.values()).containsExactly(List.of("4", "5"));
        assertThat(behind.rejects).containsExactly("2@4 has text behind a closing quote: \"x\"y,3");
        CsvText last = read("a,b\n1,2\n3,\"open");
        assertThat(last.values()).containsExactly(List.of("1", "2"));
        assertThat(last.rejects).containsExactly("3@8 has a quote that is not closed: 3,\"open");
    }

    @Test
    void withoutQuotedLineEndsAnOpenQuoteEndsWithItsLine() {
        CsvText text = new CsvText("a,b\n\"two\nlines\",1\n2,3\n", with(",", "\"", null, "", false)).read();
        assertThat(text.values()).containsExactly(List.of("lines\"", "1"), List.of("2", "3"));
        assertThat(text.rejects).containsExactly("2@4 has a quote that is not closed: \"two");
    }

    @Test
    void rejectsWhatIsTooLongAndGoesOn() {
        String[] texts = {"x".repeat(5000), "\"" + "x\n".repeat(2000) + "\"", "\"" + "y".repeat(900_000) + "\""};
        for (String longer : texts) {
            CsvText text = new CsvText("a,b\n1,2\n" + longer + ",3\n4,5\n", CsvSettings.DEFAULT)
                    .limit(1000)
                    .read();
            assertThat(text.values()).startsWith(List.of("1", "2")).endsWith(List.of("4", "5"));
            assertThat(text.rejects.get(0)).startsWith("3@8 is longer than 1000 bytes: ");
        }
    }

    @Test
    void rejectsBytesThatAreNotUtf8() {
        byte[] bytes = "a,b\n1,caf\u00e9\n2,ok\n".getBytes(StandardCharsets.ISO_8859_1);
        CsvText text = new CsvText(bytes, CsvSettings.DEFAULT).read();
        assertThat(text.values()).containsExactly(List.of("2", "ok"));
        assertThat(text.rejects).singleElement().asString().startsWith("2@4 b is not UTF-8: 1,caf");
    }

    @Test
    void readsEveryType() {
        List<CsvColumn> columns = List.of(
                CsvText.column("flag", DataType.BOOLEAN),
                CsvText.column("i", DataType.INT32),
                CsvText.column("l", DataType.INT64),
                CsvText.column("d", DataType.FLOAT64),
                CsvText.column("m", DataType.decimal(6, 2)),
                CsvText.column("day", DataType.DATE),
                new CsvColumn("at", DataType.TIMESTAMP, false, Optional.of(ZoneId.of("Asia/Shanghai"))),
                CsvText.column("t", DataType.STRING));
        List<String> names = columns.stream().map(CsvColumn::name).toList();
        CsvText text = new CsvText(
                        "flag,i,l,d,m,day,at,t\n"
                                + "TRUE,-5,9223372036854775807,1e3,12.5,2024-02-29,2024-01-01 08:00:00,x\n"
                                + "0,\"6\",7.0,-Infinity,-0.01,1969-12-31,2024-01-01T00:00:00.123456Z,\"\"\n"
                                + ",,,,,\"\",\"\",\n",
                        CsvSettings.DEFAULT)
                .read(columns, names);
        assertThat(text.rejects).isEmpty();
        assertThat(text.values())
                .containsExactly(
                        List.of(
                                true,
                                -5,
                                Long.MAX_VALUE,
                                1000.0,
                                new BigDecimal("12.50"),
                                LocalDate.of(2024, 2, 29),
                                Instant.parse("2024-01-01T00:00:00Z"),
                                "x"),
                        List.of(
                                false,
                                6,
                                7L,
                                Double.NEGATIVE_INFINITY,
                                new BigDecimal("-0.01"),
                                LocalDate.of(1969, 12, 31),
                                Instant.parse("2024-01-01T00:00:00.123456Z"),
                                ""),
                        Arrays.asList(null, null, null, null, null, null, null, null));
    }

    @Test
    void rejectsValuesThatSayNothingOfTheirType() {
        String[][] cases = {
            {"boolean", "yes", "is not a boolean (true, 1, false, 0)"},
            {"int32", "2147483648", "is beyond the range of int32"},
            {"int64", "12.7", "is not a whole number (int64)"},
            {"int64", "9223372036854775808", "is beyond the range of int64"},
            {"float64", "1e400", "is beyond the range of float64"},
            {"float64", "0x1", "is not a number (float64)"},
            {"decimal(6,2)", "1.234", "does not fit decimal(6,2) exactly"},
            {"decimal(6,2)", "12345.00", "does not fit decimal(6,2) exactly"},
            {"date", "2023-02-29", "is not a date written in ISO-8601"},
            {"timestamp", "01/02/2024", "is not a timestamp written in ISO-8601"},
        };
        for (String[] one : cases) {
            CsvText text = new CsvText("a\n" + one[1] + "\n", CsvSettings.DEFAULT)
                    .read(List.of(CsvText.column("a", DataType.parse(one[0]).orElseThrow())), List.of("a"));
            assertThat(text.values()).as(one[1]).isEmpty();
            assertThat(text.rejects).containsExactly("2@2 a " + one[2] + ": " + one[1]);
        }
    }

    @Test
    void findsColumnsByTheHeaderAndLeavesOthersOut() {
        CsvText text = new CsvText("x,b,a\n1,2,3\n", CsvSettings.DEFAULT)
                .read(List.of(CsvText.column("a", DataType.INT64), CsvText.column("b", DataType.STRING)), List.of());
        assertThat(text.values()).containsExactly(List.of(3L, "2"));
        assertThatThrownBy(() -> new CsvText("x,b\n1,2\n", CsvSettings.DEFAULT)
                        .read(List.of(CsvText.column("a", DataType.INT64)), List.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("the header of a.csv has no column 'a'");
    }

    @Test
    void refusesHeadersThatNameNothing() {
        assertThatThrownBy(() -> read("a,a\n1,2\n")).hasMessageContaining("names 'a' twice");
        assertThatThrownBy(() -> read("a,\n1,2\n")).hasMessageContaining("no name for column 2");
        assertThatThrownBy(() -> new CsvText("a".getBytes(StandardCharsets.UTF_16), CsvSettings.DEFAULT).read())
                .hasMessageContaining("is UTF-16");
    }

    @Test
    void refusesSettingsThatContradict() {
        assertThatThrownBy(() -> with(",,", "\"", null, "", true)).isInstanceOf(InvalidSetting.class);
        assertThatThrownBy(() -> with("\"", "\"", null, "", true))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("must differ");
        assertThatThrownBy(() -> with(",", "\"", null, "a,b", true)).hasMessageContaining("could never occur");
    }

    @Test
    void infersTypesFromSamples() {
        String text = "id,code,price,day,at,flag,mixed,none,big\n"
                + "1,007,1,2024-01-01,2024-01-01T00:00:00Z,true,1,,99999999999999999999\n"
                + "-2,010,2.5,2024-01-02,2024-01-01,false,x,,1\n";
        List<CsvColumn> columns = CsvInference.columns(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                "a.csv",
                CsvSettings.DEFAULT,
                100,
                1 << 20);
        assertThat(columns)
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly(
                        "id int64",
                        "code string",
                        "price float64",
                        "day date",
                        "at timestamp",
                        "flag boolean",
                        "mixed string",
                        "none string",
                        "big string");
    }
}
