package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.trino.sql.parser.SqlBaseParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The types that CAST names: those of pipeline files, and SQL's usual names for them. */
final class SqlTypes {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("bigint", "int64"),
            Map.entry("integer", "int64"),
            Map.entry("double", "float64"),
            Map.entry("doubleprecision", "float64"),
            Map.entry("varchar", "string"),
            Map.entry("text", "string"),
            Map.entry("varbinary", "binary"),
            Map.entry("timestampwithtimezone", "timestamp"));

    private SqlTypes() {}

    static DataType of(SqlBaseParser.TypeContext context) {
        return named(SqlTranslation.at(context.getStart()), context.getText());
    }

    static DataType named(Position at, String name) {
        String plain = name.replace("\"", "").toLowerCase(Locale.ROOT).replaceFirst("^numeric\\b", "decimal");
        return DataType.parse(ALIASES.getOrDefault(plain, plain)).orElseThrow(() -> {
            List<String> known = List.of(
                    "boolean", "int32", "int64", "float64", "decimal(18,2)", "string", "binary", "date", "timestamp");
            return MillraceException.user(at + ": there is no type '" + name + "'" + Suggestion.didYouMean(plain, known)
                    + "; the types are " + DataType.NAMES);
        });
    }
}
