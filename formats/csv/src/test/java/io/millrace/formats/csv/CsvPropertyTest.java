package io.millrace.formats.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random texts against what was written into them. */
class CsvPropertyTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<CsvColumn> COLUMNS =
            NAMES.stream().map(name -> CsvText.column(name, DataType.STRING)).toList();

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private String value(boolean newlines) {
        String alphabet = newlines ? "ab,\"\n\r\u00e9\uD83D\uDE00 " : "ab,\"\u00e9 ";
        StringBuilder value = new StringBuilder();
        int length = random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(6);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
            value.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
        }
        return value.toString();
    }

    private String written(String value) {
        boolean quotes =
                value.isEmpty() || value.matches("(?s).*[,\n\r].*") || value.startsWith("\"") || random.nextInt(3) == 0;
        return quotes ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private String text(List<List<Object>> rows, boolean newlines) {
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (int row = 0; row < 300; row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < 3; column++) {
                String value = value(newlines);
                values.add(value);
                text.append(column == 0 ? "" : ",").append(written(value));
            }
            rows.add(values);
            text.append(random.nextBoolean() ? "\r\n" : "\n");
        }
        return text.toString();
    }

    @Test
    void readsBackWhatWasWritten() {
        for (int round = 0; round < 30; round++) {
            List<List<Object>> rows = new ArrayList<>();
            CsvText text = new CsvText(text(rows, true), CsvSettings.DEFAULT).read();
            assertThat(text.rejects).as("seed %d", seed).isEmpty();
            assertThat(text.values()).as("seed %d", seed).isEqualTo(rows);
        }
    }

    @Test
    void rangesShareOutTheRecords() {
        CsvSettings settings = new CsvSettings(true, ",", "\"", java.util.Optional.empty(), "", false);
        for (int round = 0; round < 30; round++) {
            List<List<Object>> rows = new ArrayList<>();
            byte[] bytes = text(rows, false).getBytes(StandardCharsets.UTF_8);
            List<List<Object>> read = new ArrayList<>();
            long from = 0;
            while (from < bytes.length) {
                long to = random.nextInt(4) == 0 ? from + 1 : from + 1 + random.nextInt(700);
                CsvText part = new CsvText(bytes, settings).range(COLUMNS, NAMES, from, to);
                assertThat(part.rejects).as("seed %d", seed).isEmpty();
                read.addAll(part.values());
                from = to;
            }
            assertThat(read).as("seed %d", seed).isEqualTo(rows);
        }
    }

    @Test
    void endsOnAnyBytes() {
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            byte[] alphabet = {'a', ',', '"', '\n', '\r', '\\', (byte) 0xc3, (byte) 0xa9, 0};
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            CsvSettings settings =
                    new CsvSettings(false, ",", "\"", java.util.Optional.of("\\"), "", random.nextBoolean());
            CsvText text =
                    new CsvText(bytes, settings).limit(1 + random.nextInt(60)).read(COLUMNS, NAMES);
            assertThat(text.rows.size() + text.rejects.size())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(bytes.length);
        }
    }
}
