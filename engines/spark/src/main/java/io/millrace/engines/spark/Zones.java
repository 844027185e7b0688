package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Between instants and what the clocks of a zone show. */
final class Zones {
    private Zones() {}

    static Part toZone(Part operand, String zone) {
        Part instant = Coercion.to(operand, DataType.TIMESTAMP);
        Edges edges = edges("from_utc_timestamp", zone);
        return edges.within(
                instant, DataType.TIMESTAMP, "from_utc_timestamp(" + instant.sql() + ", " + Sql.text(zone) + ")");
    }

    /** A time that the clocks skip fails with us; Spark moves it on, so that it does not come back as it was. */
    static Part fromZone(Part operand, String zone) {
        Part shown = Coercion.to(operand, DataType.TIMESTAMP);
        String name = Sql.text(zone);
        Part instant = edges("to_utc_timestamp", zone)
                .within(shown, DataType.TIMESTAMP, "to_utc_timestamp(" + shown.sql() + ", " + name + ")");
        return Part.checked(
                DataType.TIMESTAMP,
                instant.sql(),
                List.of(instant),
                "from_utc_timestamp(" + instant.sql() + ", " + name + ") <> " + shown.sql());
    }

    private static Edges edges(String function, String zone) {
        Expression name = new Expression.Literal(Position.START, zone, Optional.of(DataType.STRING));
        return Edges.of(
                DataType.TIMESTAMP,
                moment -> Expression.Call.of(Position.START, function, List.of(moment, name)),
                Instant.EPOCH);
    }
}
