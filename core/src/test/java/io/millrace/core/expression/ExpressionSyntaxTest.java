package io.millrace.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.core.expression.Expression.Call;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What text becomes which tree, and what is said where it is none. */
class ExpressionSyntaxTest {
    @Test
    void operatorsBindAsInSql() {
        assertThat(tree("NOT a = b AND c OR d")).isEqualTo("OR(AND(NOT(=(a b)) c) d)");
        assertThat(tree("a OR b OR c AND d AND e")).isEqualTo("OR(a b AND(c d e))");
        assertThat(tree("a + b * c - -d % 2")).isEqualTo("-(+(a *(b c)) %(NEG(d) 2))");
        assertThat(tree("a || b || c")).isEqualTo("concat(a b c)");
        assertThat(tree("(a + b) * c")).isEqualTo("*(+(a b) c)");
        assertThat(tree("a BETWEEN 1 AND 2 AND b")).isEqualTo("AND(BETWEEN(a 1 2) b)");
        assertThat(tree("a NOT IN (1, -2)")).isEqualTo("NOT IN(a 1 -2)");
        assertThat(tree("left(a, 1) != TRIM(LEADING 'x' FROM b)")).isEqualTo("<>(left(a 1) ltrim(b x))");
    }

    /** The tree in Polish notation. */
    private static String tree(String text) {
        return tree(Expression.parse(text));
    }

    private static String tree(Expression expression) {
        String below = expression.children().stream()
                .map(ExpressionSyntaxTest::tree)
                .collect(Collectors.joining(" ", "(", ")"));
        if (expression instanceof Expression.Literal literal) {
            return String.valueOf(literal.value());
        } else if (expression instanceof Expression.ColumnReference reference) {
            return reference.name();
        } else if (expression instanceof Expression.Logical logical) {
            return logical.operator() + below;
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic.operator().sign() + below;
        } else if (expression instanceof Expression.Comparison comparison) {
            return comparison.operator().sign() + below;
        } else if (expression instanceof Expression.InList in) {
            return (in.negated() ? "NOT IN" : "IN") + below;
        } else if (expression instanceof Call call) {
            return call.name() + below;
        } else if (expression instanceof Expression.Negate) {
            return "NEG" + below;
        }
        return expression.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT) + below;
    }

    @Test
    void everyPartKnowsItsPlace() {
        Expression.Comparison comparison = (Expression.Comparison) Expression.parse("lower(name)\n  = 'x'");
        assertThat(comparison.at()).isEqualTo(new Position(2, 3));
        assertThat(comparison.left().at()).isEqualTo(Position.START);
        assertThat(comparison.left().children().get(0).at()).isEqualTo(new Position(1, 7));
        assertThat(comparison.right().at()).isEqualTo(new Position(2, 5));
    }

    @Test
    void namesTheColumnsItReadsInOrder() {
        assertThat(Expression.parse("CASE b WHEN a THEN \"with space\" ELSE f(c, b) END || `d`")
                        .columns())
                .containsExactly("b", "a", "with space", "c", "d");
    }

    @Test
    void readsAggregatesForMeasures() {
        Call count = (Call) Expression.parseMeasure("count(*) FILTER (WHERE event_type = 'view')");
        assertThat(count.star()).isTrue();
        assertThat(count.filter()).get().isInstanceOf(Expression.Comparison.class);
        Call distinct = (Call) Expression.parseMeasure("COUNT(DISTINCT item_id)");
        assertThat(distinct.name()).isEqualTo("count");
        assertThat(distinct.distinct()).isTrue();
        assertThat(((Expression.Literal) ((Call) Expression.parseMeasure("last(item_id, 50)"))
                                .arguments()
                                .get(1))
                        .value())
                .isEqualTo(50L);
        assertThat(Expression.parseMeasure("sum(price) / count(*)").children())
                .allSatisfy(child -> assertThat(child).isInstanceOf(Call.class));
    }

    @Test
    void deepNestingIsReadQuickly() {
        String nested = "a";
        for (int i = 0; i < 60; i++) {
            nested = "(f(" + nested + " + 1) * 2)";
        }
        assertThat(Expression.parse(nested).columns()).containsExactly("a");
        assertThat(Expression.parse("a = 1" + " OR a = 2".repeat(3_000)).children())
                .hasSize(3_001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '^',
            textBlock =
                    """
            ^^ # the expression is empty
            a + # line 1, column 4: the expression ends too early; something is missing after 'a +'
            a b # line 1, column 3: 'b' cannot stand here; an operator is missing before it
            a == 1 # line 1, column 4: '=' cannot stand here; write a single = to compare
            a = 'x # line 1, column 5: ''' cannot stand here; the text is not closed
            a = b = c # line 1, column 7: '=' cannot stand here
            日本 = 1 # line 1, column 1: '日' cannot stand here; names with other letters than A to Z are written in double quotes
            a IN (SELECT 1) # line 1, column 3: a query cannot stand in an expression over rows; use the step enrich
            count(*) # line 1, column 1: count with (*) is an aggregate
            1 + sum(DISTINCT a) # line 1, column 5: sum with (DISTINCT …) is an aggregate
            sum(a) OVER (PARTITION BY b) # line 1, column 1: OVER, ORDER BY and names with dots cannot stand in a call
            CAST(a AS nmber) # line 1, column 11: there is no type 'nmber'
            a.b # line 1, column 1: a name with a dot is written in double quotes: "a.b"
            DATE '2024-02-30' # line 1, column 1: '2024-02-30' is not a date; write '2024-01-31'
            ts AT TIME ZONE 'Asia/Shanghia' # line 1, column 17: there is no time zone 'Asia/Shanghia'; did you mean 'Asia/Shanghai'?
            CURRENT_TIMESTAMP # would differ between workers and retries; write run_start()
            INTERVAL '1.5' DAY # line 1, column 1: '1.5' is not a whole number in the range of int64
            1e999 # line 1, column 1: 1e999 is beyond the range of float64
            x -> x + 1 # line 1, column 1: 'x' begins something that expressions over rows do not have
            """)
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsTooLargeInsteadOfFailing() {
        String chain = Stream.generate(() -> "a").limit(2_000).collect(Collectors.joining(" + "));
        String list = Stream.generate(() -> "'text'").limit(20_000).collect(Collectors.joining(","));
        for (String text : List.of(
                chain,
                "(".repeat(20_000) + "a" + ")".repeat(20_000),
                "NOT ".repeat(20_000) + "f",
                "a IN (" + list + ")")) {
            assertThatThrownBy(() -> Expression.parse(text)).isInstanceOf(MillraceException.class);
        }
    }
}
