package io.millrace.features;

import io.millrace.core.expression.Expression;
import io.millrace.core.expression.LogicalOperator;
import io.millrace.core.expression.Position;
import io.millrace.core.measure.Measure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Filters measures so that each sees pairs or the other events. */
final class PairVisibility {
    private PairVisibility() {}

    /** A measure that reads the column of pairs sees them alone; another one does not see them. */
    static Measure of(Measure measure, String as) {
        if (measure instanceof Measure.Combined combined) {
            return new Measure.Combined(
                    combined.formula(),
                    combined.parts().stream().map(part -> of(part, as)).toList());
        }
        Measure.Basic basic =
                measure instanceof Measure.Filtered filtered ? filtered.measure() : (Measure.Basic) measure;
        Optional<Expression> condition =
                measure instanceof Measure.Filtered filtered ? Optional.of(filtered.condition()) : Optional.empty();
        boolean sees = reads(basic.argument(), as) || reads(condition, as);
        Expression pair =
                new Expression.IsNull(Position.START, new Expression.ColumnReference(Position.START, as), sees);
        return new Measure.Filtered(
                basic,
                condition
                        .<Expression>map(other ->
                                new Expression.Logical(Position.START, LogicalOperator.AND, List.of(pair, other)))
                        .orElse(pair));
    }

    private static boolean reads(Optional<Expression> expression, String column) {
        return expression.map(Expression::columns).orElse(Set.of()).contains(column);
    }
}
