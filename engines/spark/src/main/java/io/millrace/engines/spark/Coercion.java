package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.kernel.Coercions;
import io.millrace.core.expression.kernel.Kernel;
import java.util.List;
import java.util.Optional;

/** The conversions that happen by themselves, written out, so that Spark has none of its own to choose. */
final class Coercion {
    /** The first and last day of which the midnight is a timestamp. */
    private static final long LAST_DAY = Long.MAX_VALUE / 86_400_000_000L;

    private Coercion() {}

    /** The part as a value of this type, which it must become by itself. */
    static Part to(Part part, DataType type) {
        Optional<Object> constant = constant(part, type);
        if (part.kernel().untyped()) {
            return Part.literal(type, null);
        } else if (part.type().equals(type)) {
            return part;
        } else if (part.constant() && constant.isPresent()) {
            return Part.literal(type, constant.get());
        } else if (part.type().kind() == Kind.DATE && type.kind() == Kind.TIMESTAMP) {
            return timestamp(part);
        }
        return part.as(type, Sql.cast(part.sql(), type));
    }

    private static Optional<Object> constant(Part part, DataType type) {
        return Coercions.to(part.kernel(), type).flatMap(Kernel::constant).map(one -> one.value(0));
    }

    static Part timestamp(Part date) {
        String inside = Edges.days(date, -LAST_DAY, LAST_DAY);
        return Part.checked(
                DataType.TIMESTAMP,
                "CASE WHEN " + inside + " THEN " + Sql.cast(date.sql(), DataType.TIMESTAMP) + " END",
                List.of(date),
                "NOT " + inside);
    }

    /** All parts as the type that they have in common. */
    static List<Part> common(List<Part> parts) {
        DataType type = Coercions.common(Part.kernels(parts)).orElseThrow();
        return parts.stream().map(part -> to(part, type)).toList();
    }
}
