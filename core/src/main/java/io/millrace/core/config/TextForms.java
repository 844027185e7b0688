package io.millrace.core.config;

import io.millrace.api.ByteSize;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types that are written as a text of a certain form. */
final class TextForms {
    private static final List<String> TYPE_NAMES =
            List.of("boolean", "int32", "int64", "float64", "decimal", "string", "binary", "date", "timestamp", "json");

    private static final Map<Class<?>, Shape> FORMS = Map.of(
            Duration.class,
            form(
                    Duration.class,
                    "a duration such as 200ms, 30s, 10m, 2h or 7d",
                    "^[0-9]+(ms|s|m|h|d)$",
                    DurationText::parse,
                    DurationText::write),
            ByteSize.class,
            form(
                    ByteSize.class,
                    "a size such as 512, 64KB, 128MB or 2GB",
                    "^[0-9]{1,12}\\s*([KMGTkmgt]?[Ii]?[Bb])?$",
                    TextForms::size,
                    ByteSize::toString),
            Instant.class,
            form(
                    Instant.class,
                    "a point in time such as 2024-01-31T00:00:00Z",
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[-+][0-9:]+)$",
                    text -> OffsetDateTime.parse(text).toInstant(),
                    Instant::toString),
            LocalDate.class,
            form(
                    LocalDate.class,
                    "a date such as 2024-01-31",
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                    LocalDate::parse,
                    LocalDate::toString),
            ZoneId.class,
            form(ZoneId.class, "a time zone such as Asia/Shanghai or UTC", "", TextForms::zone, ZoneId::getId),
            DataType.class,
            form(DataType.class, "a type: " + DataType.NAMES, "", TextForms::type, DataType::toString));

    private TextForms() {}

    static Optional<Shape> of(Class<?> type) {
        return Optional.ofNullable(FORMS.get(type));
    }

    /** The text of a value of one of these types; empty for any other. */
    static Optional<String> write(Object value) {
        return FORMS.values().stream()
                .map(Shape.Form.class::cast)
                .filter(form -> form.type().isInstance(value))
                .findFirst()
                .map(form -> form.write().apply(value));
    }

    private static <T> Shape form(
            Class<T> type, String expectation, String pattern, Function<String, T> parse, Function<T, String> write) {
        return new Shape.Form(
                type,
                expectation,
                pattern,
                text -> {
                    try {
                        return parse.apply(text);
                    } catch (DateTimeException | ArithmeticException e) {
                        throw new IllegalArgumentException("", e);
                    }
                },
                value -> write.apply(type.cast(value)));
    }

    private static ByteSize size(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(Suggestion.didYouMean(text, ZoneId.getAvailableZoneIds()), e);
        }
    }

    private static DataType type(String text) {
        return DataType.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(Suggestion.didYouMean(text, TYPE_NAMES)));
    }
}
