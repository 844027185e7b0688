package com.example.reviews;

import io.millrace.api.RecordTransform;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns a line {@code user|rating|text} into columns, one record at a time. Named by the step {@code java}. */
public final class ParseReview implements RecordTransform {
    /** What stands under {@code options}. */
    public record Options(
            @Setting(value = "What stands between the parts of a line.", defaultValue = "\"|\"") String separator,
            @Setting(value = "Whether users are replaced by a number.", defaultValue = "false") boolean hideUsers) {}

    private final Pattern separator;
    private final boolean hideUsers;

    public ParseReview(Options options) {
        if (options.separator().isEmpty()) {
            throw new IllegalArgumentException("the separator must not be empty");
        }
        this.separator = Pattern.compile(Pattern.quote(options.separator()));
        this.hideUsers = options.hideUsers();
    }

    @Override
    public Schema output(Schema input) {
        input.require("text");
        return Schema.of(
                Field.of("user", hideUsers ? DataType.INT64 : DataType.STRING),
                Field.of("rating", DataType.FLOAT64),
                Field.of("review", DataType.STRING));
    }

    @Override
    public Map<String, Object> transform(Map<String, Object> record) {
        String text = (String) record.get("text");
        if (text.isBlank()) {
            return null; // left out, and counted as filtered
        }
        String[] parts = separator.split(text, -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("is not user, rating and text"); // rejected, with this reason
        }
        return Map.of(
                "user", hideUsers ? (Object) (long) parts[0].hashCode() : parts[0],
                "rating", rating(parts[1]),
                "review", parts[2]);
    }

    private static double rating(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("the rating '" + text + "' is not a number", wrong);
        }
    }
}
