package io.millrace.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which types come out, and what is said where types do not go together. */
class ExpressionTypingTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("a", DataType.INT64),
            Field.of("i", DataType.INT32),
            Field.of("x", DataType.FLOAT64),
            Field.of("p", DataType.decimal(10, 2)),
            Field.of("s", DataType.STRING),
            Field.of("f", DataType.BOOLEAN),
            Field.of("d", DataType.DATE),
            Field.of("ts", DataType.TIMESTAMP),
            Field.of("j", DataType.JSON),
            Field.of("tags", DataType.list(DataType.STRING)));

    private static DataType type(String text) {
        return Expression.parse(text).bind(SCHEMA, Instant.EPOCH).type();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '^',
            textBlock =
                    """
            i # int32
            i + i # int64
            i / 2 # float64
            a + x # float64
            p + 1 # decimal(11,2)
            p * p # decimal(21,4)
            p / 3 # decimal(14,6)
            p % 7 # decimal(3,2)
            a * p # decimal(31,2)
            p + x # float64
            p + NULL # decimal(11,2)
            CASE WHEN f THEN i ELSE p END # decimal(12,2)
            coalesce(d, ts) # timestamp
            coalesce(i, a) # int64
            d + INTERVAL '1' MONTH # date
            ts AT TIME ZONE 'Asia/Shanghai' # timestamp
            nullif(s, '') # string
            tags[1] # string
            9223372036854775808 # decimal(19,0)
            CAST(NULL AS list(int64)) # list(int64)
            CAST(s AS double precision) # float64
            round(p, 1) # decimal(10,1)
            """)
    void knowsTheTypeBeforeAnyRow(String text, String expected) {
        assertThat(type(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '^',
            textBlock =
                    """
            a + evnt # line 1, column 5: there is no column 'evnt' here (text is written in single quotes); the columns are a, i, x
            tag = 'x' # line 1, column 1: there is no column 'tag' here; did you mean 'tags'?; the columns are
            s = "view" # line 1, column 5: there is no column 'view' here (text is written in single quotes)
            lowwer(s) # line 1, column 1: there is no function 'lowwer'; did you mean 'lower'?
            max(a) # line 1, column 1: max is an aggregate, which looks at many rows
            lower(a) # line 1, column 1: lower is for (string); found (int64); CAST(… AS type) converts
            substring(s) # line 1, column 1: substring is for (string, int64) or (string, int64, int64); found (string)
            s + 1 # line 1, column 3: + is for numbers; found string and int64; CAST(… AS float64) makes a number of a text
            s + s # line 1, column 3: + is for numbers; found string and string; || joins texts
            ts - ts # line 1, column 4: - is for numbers; found timestamp and timestamp; date_diff('day', from, to)
            d + 1 # line 1, column 3: + is for numbers; found date and int64; write … + INTERVAL '1' DAY
            a = s # line 1, column 3: = cannot compare int64 and string; CAST(… AS type) converts one of them
            ts > 'soon' # > cannot compare timestamp and string: 'soon' is not a date or timestamp in ISO-8601
            j = j # line 1, column 3: = cannot compare json and json
            a AND f # line 1, column 1: a condition must be of type boolean; found int64
            CASE WHEN f THEN 1 ELSE 'x' END # line 1, column 1: the branches of CASE must be of one type; found int64, string
            a IN (1, 'x') # line 1, column 10: IN cannot compare int64 and string
            a LIKE 'x' # line 1, column 3: LIKE is for string; found int64
            s LIKE 'a!b' ESCAPE '!' # in the pattern 'a!b' the escape character is followed by something else than %, _ or itself
            CAST(tags AS int64) # line 1, column 1: there is no conversion from list(string) to int64
            EXTRACT(hours FROM ts) # line 1, column 1: EXTRACT has no field 'hours'; did you mean 'hour'?
            d + INTERVAL '1' HOUR # line 1, column 3: a date has no hours, minutes and seconds
            date_trunc('fortnight', ts) # line 1, column 1: date_trunc: there is no unit 'fortnight'
            regexp_like(s, '(?=x)') # is not a regular expression of RE2
            regexp_replace(s, 'x', '$1') # $ is not followed by the number of a group of 'x'
            coalesce(NULL, NULL) # line 1, column 1: coalesce of NULL alone has no type; write CAST(NULL AS type)
            NULL # line 1, column 1: NULL alone has no type; write CAST(NULL AS type)
            """)
    void saysWhichTypesDoNotGoTogetherAndWhere(String text, String message) {
        assertThatThrownBy(() -> type(text))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aConditionMustBeBoolean() {
        assertThatThrownBy(() -> Expression.parse("a + 1").bindPredicate(SCHEMA, Instant.EPOCH))
                .hasMessage(
                        "line 1, column 3: a condition must be of type boolean; this one is int64, so compare it: … > 0");
    }
}
