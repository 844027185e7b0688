package io.millrace.connectors.postgres;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import java.util.Optional;

/** Which of our types can be put into which of PostgreSQL's, and how. */
final class CellEncoders {
    private CellEncoders() {}

    /** An encoder; empty where the type cannot be put into such a column. */
    static Optional<CellEncoder> of(DataType type, TargetType target, int serverVersion) {
        return Optional.ofNullable(
                switch (type.kind()) {
                    case BOOLEAN -> target.name().equals("bool") ? NumberEncoders.bool() : null;
                    case INT32, INT64 -> ofInteger(type, target, serverVersion);
                    case FLOAT64 -> ofFloat(target, serverVersion);
                    case DECIMAL -> target.name().equals("numeric")
                            ? NumericEncoder.ofDecimals(limits(target, serverVersion))
                            : null;
                    case STRING -> ofText(target);
                    case BINARY -> target.name().equals("bytea") ? TextEncoders.bytes() : null;
                    case DATE -> ofDate(target);
                    case TIMESTAMP -> isTimestamp(target) ? TimeEncoders.timestamp() : null;
                    case JSON -> ofJson(target);
                    case LIST -> ofList((ListType) type, target, serverVersion);
                });
    }

    private static NumericLimits limits(TargetType target, int serverVersion) {
        return NumericLimits.of(target.modifier(), target.typeName(), serverVersion);
    }

    private static CellEncoder ofInteger(DataType type, TargetType target, int serverVersion) {
        return switch (target.name()) {
            case "int2" -> NumberEncoders.integer(type, 2);
            case "int4" -> NumberEncoders.integer(type, 4);
            case "int8" -> NumberEncoders.integer(type, 8);
            case "oid" -> NumberEncoders.oid(type);
            case "float4" -> NumberEncoders.integerAsFloat(type, 4);
            case "float8" -> NumberEncoders.integerAsFloat(type, 8);
            case "numeric" -> NumericEncoder.ofIntegers(limits(target, serverVersion));
            case "text", "varchar", "citext" -> TextEncoders.digits(target.length(), target.typeName());
            default -> null;
        };
    }

    private static CellEncoder ofFloat(TargetType target, int serverVersion) {
        return switch (target.name()) {
            case "float4" -> NumberEncoders.float4();
            case "float8" -> NumberEncoders.float8();
            case "numeric" -> NumericEncoder.ofDoubles(limits(target, serverVersion));
            default -> null;
        };
    }

    private static CellEncoder ofText(TargetType target) {
        return switch (target.name()) {
            case "text", "varchar", "bpchar", "citext", "json" -> TextEncoders.text(target.length(), target.typeName());
            case "name" -> TextEncoders.name();
            case "jsonb" -> TextEncoders.jsonb();
            case "uuid" -> new UuidEncoder();
            case TargetType.ENUM -> TextEncoders.enumeration(target.labels(), target.typeName());
            default -> null;
        };
    }

    private static CellEncoder ofJson(TargetType target) {
        return switch (target.name()) {
            case "json", "text", "varchar" -> TextEncoders.text(target.length(), target.typeName());
            case "jsonb" -> TextEncoders.jsonb();
            default -> null;
        };
    }

    private static CellEncoder ofDate(TargetType target) {
        return target.name().equals("date")
                ? TimeEncoders.date()
                : isTimestamp(target) ? TimeEncoders.dateAsTimestamp() : null;
    }

    private static boolean isTimestamp(TargetType target) {
        return target.name().equals("timestamptz") || target.name().equals("timestamp");
    }

    private static CellEncoder ofList(ListType type, TargetType target, int serverVersion) {
        return type.element().kind() == DataType.Kind.LIST || target.element().isEmpty()
                ? null
                : of(type.element(), target.element().get(), serverVersion)
                        .map(element ->
                                new ArrayEncoder(element, target.element().get().oid()))
                        .orElse(null);
    }
}
