package io.millrace.core.transform.clean;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Which type converts to which, and by what. */
final class Conversions {
    private Conversions() {}

    /** The conversion, or null where the column is of the target type already; a user error where there is none. */
    static CellConversion find(DataType source, Conversion target) {
        DataType type = target.type();
        Kind from = source.kind();
        if (target.pattern().isPresent() && from != Kind.STRING) {
            throw MillraceException.user("the pattern '" + target.pattern().get() + "' is for text, but the column is "
                    + source + "; write  " + type + "  alone");
        }
        boolean zoneMatters = from == Kind.STRING && type.kind() == Kind.TIMESTAMP
                || from == Kind.TIMESTAMP && type.kind() == Kind.DATE
                || from == Kind.DATE && type.kind() == Kind.TIMESTAMP;
        if (target.zone().isPresent() && !zoneMatters) {
            throw MillraceException.user("a zone plays no part when " + source + " becomes " + type + "; remove it");
        }
        if (source.equals(type)) {
            return null;
        }
        ZoneId zone = target.zone().orElse(ZoneOffset.UTC);
        CellConversion conversion =
                switch (from) {
                    case STRING -> fromText(target, zone);
                    case BOOLEAN -> FromBoolean.SUPPORTS.contains(type.kind()) ? new FromBoolean(type) : null;
                    case INT32, INT64 -> FromInteger.SUPPORTS.contains(type.kind()) ? new FromInteger(type) : null;
                    case FLOAT64 -> FromFloat.SUPPORTS.contains(type.kind()) ? new FromFloat(type) : null;
                    case DECIMAL -> FromDecimal.SUPPORTS.contains(type.kind()) ? new FromDecimal(type) : null;
                    case DATE, TIMESTAMP -> fromTime(from, type, zone);
                    case BINARY, JSON -> type.kind() == Kind.STRING ? new FromBytes(source) : null;
                    case LIST -> type.kind() == Kind.STRING ? new ListToText() : null;
                };
        if (conversion == null) {
            throw MillraceException.user(source + " cannot be converted to " + type
                    + "; docs/transforms/clean.md lists the conversions (any type becomes string)");
        }
        return conversion;
    }

    private static CellConversion fromText(Conversion target, ZoneId zone) {
        return switch (target.type().kind()) {
            case BOOLEAN -> new TextToBoolean();
            case INT32 -> new TextToInt32();
            case INT64 -> new TextToInt64();
            case FLOAT64 -> new TextToFloat();
            case DECIMAL -> new TextToDecimal((DecimalType) target.type());
            case DATE -> new TextToDate(DateTimePattern.of(target));
            case TIMESTAMP -> new TextToTimestamp(DateTimePattern.of(target), zone);
            case JSON -> new TextToJson();
            case BINARY -> new FromBytes(DataType.STRING, DataType.BINARY);
            case STRING, LIST -> null;
        };
    }

    private static CellConversion fromTime(Kind from, DataType target, ZoneId zone) {
        return switch (target.kind()) {
            case DATE -> new TimestampToDate(zone);
            case TIMESTAMP -> new DateToTimestamp(zone);
            case STRING -> from == Kind.DATE ? new DateToText() : new TimestampToText();
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, BINARY, JSON, LIST -> null;
        };
    }
}
