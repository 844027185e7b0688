package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.data.LongColumn;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads points in time from ISO-8601 text, and where a unit is declared from numbers. Parts of a microsecond are cut off. */
final class TimestampAppender extends Appender {
    private final LongColumn.Builder builder;
    private final EpochUnit unit;
    private final ZoneId zone;
    private final ShortText text = new ShortText();

    TimestampAppender(JsonColumn column, LongColumn.Builder builder) {
        super(
                column.name(),
                column.epoch().isPresent()
                        ? "a timestamp such as 2024-01-31T08:30:00Z, nor a number within its range"
                        : "a timestamp such as 2024-01-31T08:30:00Z",
                builder);
        this.builder = builder;
        this.unit = column.epoch().orElse(null);
        this.zone = column.zone().orElse(ZoneOffset.UTC);
    }

    @Override
    void append(JsonCursor cursor) throws BadValue, IOException {
        JsonParser parser = cursor.parser();
        long micros = IsoText.NONE;
        if (cursor.token() == JsonToken.VALUE_STRING) {
            micros = IsoText.micros(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), zone);
        } else if (unit != null && cursor.token().isNumeric()) {
            micros = count(parser);
        }
        if (micros == IsoText.NONE) {
            throw mismatch(cursor);
        }
        builder.append(micros);
    }

    @Override
    boolean plainText(byte[] bytes, int from, int to) {
        if (!text.take(bytes, from, to)) {
            return false;
        }
        return appendKnown(IsoText.micros(text.characters(), 0, to - from, zone));
    }

    @Override
    boolean plainNumber(long unscaled, int scale) {
        return unit != null && scale == 0 && appendKnown(scaled(unscaled));
    }

    private boolean appendKnown(long micros) {
        if (micros == IsoText.NONE) {
            return false;
        }
        builder.append(micros);
        return true;
    }

    private long count(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return scaled(parser.getLongValue());
        }
        BigDecimal exact = NumberText.exact(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (exact != null && exact.signum() == 0) {
            return 0;
        }
        // Before setScale, which would write out the zeros of any exponent.
        if (exact == null || exact.precision() - (long) exact.scale() > 20 || exact.scale() > NumberText.MAX_DIGITS) {
            return IsoText.NONE;
        }
        BigDecimal micros = exact.scaleByPowerOfTen(unit.microsExponent()).setScale(0, RoundingMode.FLOOR);
        return micros.precision() > 18 ? IsoText.NONE : micros.longValueExact();
    }

    private long scaled(long number) {
        long scaled = number;
        for (int i = 0; i < unit.microsExponent(); i++) {
            if (scaled != 0 && Math.abs(scaled) > Long.MAX_VALUE / 10) {
                return IsoText.NONE;
            }
            scaled *= 10;
        }
        return unit.microsExponent() < 0 ? Math.floorDiv(number, 1_000) : scaled;
    }
}
