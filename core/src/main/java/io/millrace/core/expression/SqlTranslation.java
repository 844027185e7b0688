package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.millrace.core.expression.Expression.Call;
import io.millrace.core.expression.Expression.When;
import io.trino.sql.parser.SqlBaseBaseVisitor;
import io.trino.sql.parser.SqlBaseParser;
import io.trino.sql.parser.SqlBaseParser.BooleanExpressionContext;
import io.trino.sql.parser.SqlBaseParser.ExpressionContext;
import io.trino.sql.parser.SqlBaseParser.PredicateContext;
import io.trino.sql.parser.SqlBaseParser.ValueExpressionContext;
import io.trino.sql.parser.SqlBaseParser.WhenClauseContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.RuleNode;

/**
 * Makes our tree from the grammar's. Every part of the grammar that is not translated here is refused at its place, so that
 * nothing which was written can be lost.
 */
final class SqlTranslation extends SqlBaseBaseVisitor<Expression> {
    private static final int MAX_DEPTH = 1_000;
    private static final String NO_QUERY =
            "a query cannot stand in an expression over rows; use the step enrich to look values up";

    private int depth;

    Expression translate(ParseTree tree) {
        if (++depth > MAX_DEPTH) {
            throw MillraceException.user("the expression is nested more than " + MAX_DEPTH
                    + " levels deep; derive a part of it as a column first");
        }
        Expression expression = tree.accept(this);
        depth--;
        return expression;
    }

    private List<Expression> translate(List<? extends ParseTree> trees) {
        return trees.stream().map(this::translate).toList();
    }

    private Optional<Expression> translateOptional(ParseTree tree) {
        return Optional.ofNullable(tree).map(this::translate);
    }

    static Position at(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }

    private static Position at(ParserRuleContext context) {
        return at(context.getStart());
    }

    private static MillraceException refused(ParserRuleContext context, String why) {
        return MillraceException.user(at(context) + ": " + why);
    }

    @Override
    public Expression visitChildren(RuleNode node) {
        ParserRuleContext context = (ParserRuleContext) node.getRuleContext();
        throw refused(
                context,
                "'" + context.getStart().getText() + "' begins something that expressions over rows do not have");
    }

    @Override
    public Expression visitExpression(ExpressionContext context) {
        return translate(context.booleanExpression());
    }

    @Override
    public Expression visitValueExpressionDefault(SqlBaseParser.ValueExpressionDefaultContext context) {
        return translate(context.primaryExpression());
    }

    @Override
    public Expression visitParenthesizedExpression(SqlBaseParser.ParenthesizedExpressionContext context) {
        return translate(context.expression());
    }

    @Override
    public Expression visitLogicalNot(SqlBaseParser.LogicalNotContext context) {
        return new Expression.Not(at(context), translate(context.booleanExpression()));
    }

    @Override
    public Expression visitAnd(SqlBaseParser.AndContext context) {
        List<BooleanExpressionContext> conditions = new ArrayList<>();
        BooleanExpressionContext left = context;
        while (left instanceof SqlBaseParser.AndContext inner) {
            conditions.add(0, inner.booleanExpression(1));
            left = inner.booleanExpression(0);
        }
        conditions.add(0, left);
        return logical(at(context.AND().getSymbol()), LogicalOperator.AND, translate(conditions));
    }

    @Override
    public Expression visitOr(SqlBaseParser.OrContext context) {
        List<BooleanExpressionContext> conditions = new ArrayList<>();
        BooleanExpressionContext left = context;
        while (left instanceof SqlBaseParser.OrContext inner) {
            conditions.add(0, inner.booleanExpression(1));
            left = inner.booleanExpression(0);
        }
        conditions.add(0, left);
        return logical(at(context.OR().getSymbol()), LogicalOperator.OR, translate(conditions));
    }

    /** Conditions of the same operator in one row: evaluation looks at them from left to right anyhow. */
    private static Expression logical(Position at, LogicalOperator operator, List<Expression> conditions) {
        List<Expression> flat = new ArrayList<>();
        for (Expression condition : conditions) {
            if (condition instanceof Expression.Logical inner && inner.operator() == operator) {
                flat.addAll(inner.operands());
            } else {
                flat.add(condition);
            }
        }
        return new Expression.Logical(at, operator, flat);
    }

    @Override
    public Expression visitPredicated(SqlBaseParser.PredicatedContext context) {
        Expression operand = translate(context.valueExpression());
        return context.predicate() == null ? operand : predicate(operand, context.predicate());
    }

    private Expression predicate(Expression operand, PredicateContext predicate) {
        if (predicate instanceof SqlBaseParser.ComparisonContext comparison) {
            Token sign = comparison.comparisonOperator().getStart();
            return new Expression.Comparison(at(sign), operator(sign), operand, translate(comparison.right));
        } else if (predicate instanceof SqlBaseParser.BetweenContext between) {
            return new Expression.Between(
                    at(between.BETWEEN().getSymbol()),
                    operand,
                    translate(between.lower),
                    translate(between.upper),
                    between.NOT() != null);
        } else if (predicate instanceof SqlBaseParser.InListContext in) {
            return new Expression.InList(
                    at(in.IN().getSymbol()), operand, translate(in.expression()), in.NOT() != null);
        } else if (predicate instanceof SqlBaseParser.LikeContext like) {
            return new Expression.Like(
                    at(like.LIKE().getSymbol()),
                    operand,
                    translate(like.pattern),
                    translateOptional(like.escape),
                    like.NOT() != null);
        } else if (predicate instanceof SqlBaseParser.NullPredicateContext isNull) {
            return new Expression.IsNull(at(isNull), operand, isNull.NOT() != null);
        } else if (predicate instanceof SqlBaseParser.DistinctFromContext distinct) {
            return new Expression.Comparison(
                    at(distinct),
                    distinct.NOT() == null ? ComparisonOperator.DISTINCT : ComparisonOperator.NOT_DISTINCT,
                    operand,
                    translate(distinct.right));
        }
        throw refused(predicate, NO_QUERY);
    }

    @Override
    public Expression visitSubqueryExpression(SqlBaseParser.SubqueryExpressionContext context) {
        throw refused(context, NO_QUERY);
    }

    @Override
    public Expression visitExists(SqlBaseParser.ExistsContext context) {
        throw refused(context, NO_QUERY);
    }

    private static ComparisonOperator operator(Token sign) {
        return switch (sign.getText()) {
            case "=" -> ComparisonOperator.EQUAL;
            case "<" -> ComparisonOperator.LESS;
            case "<=" -> ComparisonOperator.LESS_OR_EQUAL;
            case ">" -> ComparisonOperator.GREATER;
            case ">=" -> ComparisonOperator.GREATER_OR_EQUAL;
                // <> and !=
            default -> ComparisonOperator.NOT_EQUAL;
        };
    }

    @Override
    public Expression visitArithmeticUnary(SqlBaseParser.ArithmeticUnaryContext context) {
        Expression operand = translate(context.valueExpression());
        if (context.operator.getType() == SqlBaseParser.PLUS) {
            return operand;
        }
        return operand instanceof Expression.Literal literal
                ? SqlLiterals.negative(at(context), literal)
                : new Expression.Negate(at(context), operand);
    }

    @Override
    public Expression visitArithmeticBinary(SqlBaseParser.ArithmeticBinaryContext context) {
        ArithmeticOperator operator =
                switch (context.operator.getType()) {
                    case SqlBaseParser.PLUS -> ArithmeticOperator.ADD;
                    case SqlBaseParser.MINUS -> ArithmeticOperator.SUBTRACT;
                    case SqlBaseParser.ASTERISK -> ArithmeticOperator.MULTIPLY;
                    case SqlBaseParser.SLASH -> ArithmeticOperator.DIVIDE;
                        // The grammar has no other one.
                    default -> ArithmeticOperator.REMAINDER;
                };
        return new Expression.Arithmetic(
                at(context.operator), operator, translate(context.left), translate(context.right));
    }

    @Override
    public Expression visitConcatenation(SqlBaseParser.ConcatenationContext context) {
        List<Expression> parts = new ArrayList<>();
        ValueExpressionContext left = context.left;
        parts.add(translate(context.right));
        while (left instanceof SqlBaseParser.ConcatenationContext inner) {
            parts.add(0, translate(inner.right));
            left = inner.left;
        }
        parts.add(0, translate(left));
        return Call.of(at(context.CONCAT().getSymbol()), "concat", parts);
    }

    @Override
    public Expression visitAtTimeZone(SqlBaseParser.AtTimeZoneContext context) {
        if (context.timeZoneSpecifier() instanceof SqlBaseParser.TimeZoneStringContext zone) {
            return new Expression.AtTimeZone(
                    at(context.AT().getSymbol()),
                    translate(context.valueExpression()),
                    SqlLiterals.zone(at(zone.string()), SqlLiterals.text(zone.string())));
        }
        throw refused(context.timeZoneSpecifier(), "a time zone is a text, such as 'Asia/Shanghai' or '+08:00'");
    }

    @Override
    public Expression visitColumnReference(SqlBaseParser.ColumnReferenceContext context) {
        return new Expression.ColumnReference(at(context), SqlLiterals.name(context.identifier()));
    }

    @Override
    public Expression visitDereference(SqlBaseParser.DereferenceContext context) {
        throw refused(context, "a name with a dot is written in double quotes: \"" + context.getText() + "\"");
    }

    @Override
    public Expression visitSubscript(SqlBaseParser.SubscriptContext context) {
        return Call.of(at(context), "element_at", List.of(translate(context.value), translate(context.index)));
    }

    @Override
    public Expression visitFunctionCall(SqlBaseParser.FunctionCallContext context) {
        if (context.over() != null
                || context.label != null
                || context.processingMode() != null
                || context.ORDER() != null
                || context.qualifiedName().identifier().size() > 1) {
            throw refused(
                    context,
                    "OVER, ORDER BY and names with dots cannot stand in a call; windows are in the step aggregate");
        }
        return new Call(
                at(context),
                SqlLiterals.name(context.qualifiedName().identifier(0)).toLowerCase(Locale.ROOT),
                translate(context.expression()),
                context.setQuantifier() != null && context.setQuantifier().DISTINCT() != null,
                context.ASTERISK() != null,
                context.filter() == null
                        ? Optional.empty()
                        : Optional.of(translate(context.filter().booleanExpression())));
    }

    @Override
    public Expression visitPosition(SqlBaseParser.PositionContext context) {
        return Call.of(at(context), "position", translate(context.valueExpression()));
    }

    @Override
    public Expression visitSubstring(SqlBaseParser.SubstringContext context) {
        return Call.of(at(context), "substring", translate(context.valueExpression()));
    }

    @Override
    public Expression visitTrim(SqlBaseParser.TrimContext context) {
        String sides = context.trimsSpecification() == null
                ? "BOTH"
                : context.trimsSpecification().getText().toUpperCase(Locale.ROOT);
        List<Expression> arguments = new ArrayList<>(List.of(translate(context.trimSource)));
        translateOptional(context.trimChar).ifPresent(arguments::add);
        return Call.of(
                at(context), sides.equals("BOTH") ? "trim" : sides.equals("LEADING") ? "ltrim" : "rtrim", arguments);
    }

    @Override
    public Expression visitExtract(SqlBaseParser.ExtractContext context) {
        return new Expression.Extract(
                at(context),
                SqlLiterals.name(context.identifier()).toLowerCase(Locale.ROOT),
                translate(context.valueExpression()));
    }

    @Override
    public Expression visitCast(SqlBaseParser.CastContext context) {
        return new Expression.Cast(
                at(context), translate(context.expression()), SqlTypes.of(context.type()), context.TRY_CAST() != null);
    }

    @Override
    public Expression visitSimpleCase(SqlBaseParser.SimpleCaseContext context) {
        return new Expression.Case(
                at(context),
                Optional.of(translate(context.operand)),
                branches(context.whenClause()),
                translateOptional(context.elseExpression));
    }

    @Override
    public Expression visitSearchedCase(SqlBaseParser.SearchedCaseContext context) {
        return new Expression.Case(
                at(context),
                Optional.empty(),
                branches(context.whenClause()),
                translateOptional(context.elseExpression));
    }

    private List<When> branches(List<WhenClauseContext> clauses) {
        return clauses.stream()
                .map(clause -> new When(translate(clause.condition), translate(clause.result)))
                .toList();
    }

    @Override
    public Expression visitNullLiteral(SqlBaseParser.NullLiteralContext context) {
        return new Expression.Literal(at(context), null, Optional.empty());
    }

    @Override
    public Expression visitBooleanLiteral(SqlBaseParser.BooleanLiteralContext context) {
        return SqlLiterals.bool(at(context), context.booleanValue().TRUE() != null);
    }

    @Override
    public Expression visitNumericLiteral(SqlBaseParser.NumericLiteralContext context) {
        return SqlLiterals.number(at(context), context.number());
    }

    @Override
    public Expression visitStringLiteral(SqlBaseParser.StringLiteralContext context) {
        return SqlLiterals.string(at(context), SqlLiterals.text(context.string()));
    }

    @Override
    public Expression visitBinaryLiteral(SqlBaseParser.BinaryLiteralContext context) {
        return SqlLiterals.binary(at(context), context.BINARY_LITERAL().getText());
    }

    @Override
    public Expression visitTypeConstructor(SqlBaseParser.TypeConstructorContext context) {
        String type = context.identifier() == null ? "double" : SqlLiterals.name(context.identifier());
        return SqlLiterals.typed(at(context), type, SqlLiterals.text(context.string()));
    }

    @Override
    public Expression visitIntervalLiteral(SqlBaseParser.IntervalLiteralContext context) {
        return SqlIntervals.of(context.interval());
    }

    @Override
    public Expression visitSpecialDateTimeFunction(SqlBaseParser.SpecialDateTimeFunctionContext context) {
        throw refused(
                context,
                context.name.getText() + " would differ between workers and retries; write run_start(), which is when"
                        + " the run began");
    }
}
