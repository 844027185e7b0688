package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.LogicalOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * AND, OR, CASE and what is like them. Their parts see only the rows that are still undecided, so that failures of the others
 * do not count.
 */
final class Conditions {
    private Conditions() {}

    static Part logical(LogicalOperator operator, List<Part> operands) {
        List<Part> conditions = operands.stream()
                .map(operand -> Coercion.to(operand, DataType.BOOLEAN))
                .toList();
        boolean and = operator == LogicalOperator.AND;
        String sql = "("
                + String.join(
                        and ? " AND " : " OR ",
                        conditions.stream().map(Part::sql).toList())
                + ")";
        return Part.failing(DataType.BOOLEAN, sql, failure(conditions, and ? "FALSE" : "TRUE"));
    }

    /** Whether a condition failed to which the ones before have left the decision. */
    private static String failure(List<Part> conditions, String decisive) {
        Part first = conditions.get(0);
        if (conditions.size() == 1) {
            return first.failed();
        }
        String rest = failure(conditions.subList(1, conditions.size()), decisive);
        return Sql.any(List.of(first.failed(), Sql.both("(" + first.sql() + " IS NOT " + decisive + ")", rest)));
    }

    static Part choice(Expression.Case choice, Rendering rendering) {
        List<Part> conditions = new ArrayList<>();
        List<Part> results = new ArrayList<>();
        for (Expression.When branch : choice.branches()) {
            Part condition = rendering.part(branch.condition());
            conditions.add(
                    choice.operand().isEmpty()
                            ? Coercion.to(condition, DataType.BOOLEAN)
                            : Comparing.compared(
                                    branch.condition(),
                                    "=",
                                    rendering.part(choice.operand().get()),
                                    condition));
            results.add(rendering.part(branch.result()));
        }
        results.add(
                choice.otherwise().map(rendering::part).orElseGet(() -> Part.literal(rendering.type(choice), null)));
        return branches(
                conditions,
                results.stream()
                        .map(result -> Coercion.to(result, rendering.type(choice)))
                        .toList());
    }

    /** @param results of one type: one for each condition, and the last one for rows that meet none */
    static Part branches(List<Part> conditions, List<Part> results) {
        StringBuilder sql = new StringBuilder("CASE");
        StringBuilder failed = new StringBuilder("CASE");
        Part last = results.get(conditions.size());
        boolean mayFail = !last.failed().equals(Sql.NEVER);
        for (int i = 0; i < conditions.size(); i++) {
            Part condition = conditions.get(i);
            Part result = results.get(i);
            sql.append(" WHEN ").append(condition.sql()).append(" THEN ").append(result.sql());
            if (!condition.failed().equals(Sql.NEVER)) {
                failed.append(" WHEN ").append(condition.failed()).append(" THEN true");
                mayFail = true;
            }
            failed.append(" WHEN ").append(condition.sql()).append(" THEN ").append(result.failed());
            mayFail |= !result.failed().equals(Sql.NEVER);
        }
        return Part.failing(
                last.type(),
                sql + " ELSE " + last.sql() + " END",
                mayFail ? failed + " ELSE " + last.failed() + " END" : Sql.NEVER);
    }

    /** @param operands of one type */
    static Part firstKnown(List<Part> operands) {
        StringBuilder failed = new StringBuilder("CASE");
        for (Part operand : operands) {
            if (!operand.failed().equals(Sql.NEVER)) {
                failed.append(" WHEN ").append(operand.failed()).append(" THEN true");
            }
            failed.append(" WHEN ").append(operand.sql()).append(" IS NOT NULL THEN false");
        }
        boolean mayFail = !Part.failure(operands).equals(Sql.NEVER);
        return Part.failing(
                operands.get(0).type(),
                "coalesce(" + Part.list(operands.stream()) + ")",
                mayFail ? failed + " ELSE false END" : Sql.NEVER);
    }
}
