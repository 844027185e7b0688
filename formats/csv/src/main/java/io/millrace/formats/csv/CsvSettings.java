package io.millrace.formats.csv;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The keys under {@code csv:}: how the text is written. */
public record CsvSettings(
        @Setting(value = "Whether the first record of each file names the columns.", defaultValue = "true")
                boolean header,
        @Setting(value = "The character between two values.", defaultValue = "\",\"", example = "\"\\t\"")
                String delimiter,
        @Setting(
                        value =
                                "The character around a value that holds delimiters, quotes or line ends; inside, two of it"
                                        + " are one. Empty: none.",
                        defaultValue = "'\"'")
                String quote,
        @Setting(
                        value = "A character that makes the next one a plain one, in quotes or not. Absent: none.",
                        example = "'\\'")
                Optional<String> escape,
        @Setting(
                        value =
                                "The text that is null where it stands without quotes. What is empty in a column that is no"
                                        + " text is null in any case.",
                        defaultValue = "\"\"",
                        example = "'\\N'")
                String nullText,
        @Setting(
                        value =
                                "Whether a quoted value may hold line ends. Where this is false, large files are read in parts"
                                        + " at once, and a quote that is open at the end of a line rejects it.",
                        defaultValue = "true")
                boolean quotedNewlines) {
    /** What an absent {@code csv:} means. */
    public static final CsvSettings DEFAULT = new CsvSettings(true, ",", "\"", Optional.empty(), "", true);

    public CsvSettings {
        requireCharacter("delimiter", delimiter);
        if (!quote.isEmpty()) {
            requireCharacter("quote", quote);
        }
        escape.ifPresent(text -> requireCharacter("escape", text));
        if (delimiter.equals(quote) || escape.filter(delimiter::equals).isPresent()) {
            throw new InvalidSetting("delimiter", "must differ from quote and escape");
        }
        if (nullText.contains(delimiter) || nullText.contains("\n") || nullText.contains("\r")) {
            throw new InvalidSetting("null_text", "must not hold the delimiter or a line end: it could never occur");
        }
    }

    private static void requireCharacter(String key, String text) {
        boolean one = text.length() == 1 && text.charAt(0) < 0x80 && text.charAt(0) != '\n' && text.charAt(0) != '\r';
        if (!one) {
            throw new InvalidSetting(key, "must be one ASCII character and no line end, not '" + text + "'");
        }
    }

    CsvDialect dialect() {
        return new CsvDialect(
                (byte) delimiter.charAt(0),
                quote.isEmpty() ? CsvDialect.NONE : quote.charAt(0),
                escape.filter(text -> !text.equals(quote))
                        .map(text -> (int) text.charAt(0))
                        .orElse(CsvDialect.NONE),
                nullText.getBytes(StandardCharsets.UTF_8),
                quotedNewlines);
    }
}
