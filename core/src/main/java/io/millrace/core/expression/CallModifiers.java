package io.millrace.core.expression;

import io.millrace.api.MillraceException;

/** Refuses what only aggregates have in an expression over rows. */
final class CallModifiers {
    private CallModifiers() {}

    static void refuse(Expression expression) {
        if (expression instanceof Expression.Call call && !call.plain()) {
            String what = call.star() ? "(*)" : call.distinct() ? "(DISTINCT …)" : "FILTER";
            throw MillraceException.user(call.at() + ": " + call.name() + " with " + what
                    + " is an aggregate, which looks at many rows; an expression sees one row, so use the step"
                    + " aggregate");
        }
        expression.children().forEach(CallModifiers::refuse);
    }
}
