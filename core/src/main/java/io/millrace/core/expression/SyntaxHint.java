package io.millrace.core.expression;

import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/** What is said about the token at which an expression cannot go on. */
final class SyntaxHint {
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("!", "write NOT or <>"),
            Map.entry("'", "the text is not closed; a quote in a text is written twice: 'it''s'"),
            Map.entry("\"", "the name is not closed"),
            Map.entry("`", "the name is not closed"),
            Map.entry("&", "write AND; texts are joined by ||"),
            Map.entry("[", "write element_at(list, 1)"),
            Map.entry("DIV", "write div(a, b)"),
            Map.entry("RLIKE", "write regexp_like(text, 'pattern')"),
            Map.entry("REGEXP", "write regexp_like(text, 'pattern')"),
            Map.entry("ILIKE", "write lower(text) LIKE 'pattern'"),
            Map.entry("::", "write CAST(value AS type)"),
            Map.entry(":", "write CAST(value AS type)"),
            Map.entry(";", "an expression has no end mark"));

    private SyntaxHint() {}

    static String of(Token token, String text) {
        if (token.getType() == Token.EOF) {
            return "the expression ends too early; something is missing after '" + tail(text) + "'";
        }
        String found = token.getText();
        String remedy = REMEDIES.get(found.toUpperCase(Locale.ROOT));
        if (found.equals("=") && token.getCharPositionInLine() > 0 && text.contains("==")) {
            remedy = "write a single = to compare";
        }
        if (remedy == null && found.codePointAt(0) > 0x7f) {
            remedy = "names with other letters than A to Z are written in double quotes";
        } else if (remedy == null && Character.isLetter(found.codePointAt(0))) {
            remedy = "an operator is missing before it, or it is a reserved word: a column of that name is written \""
                    + found + "\"";
        }
        return "'" + found + "' cannot stand here" + (remedy == null ? "" : "; " + remedy);
    }

    private static String tail(String text) {
        String end = text.strip();
        return end.length() <= 20 ? end : "…" + end.substring(end.length() - 20);
    }
}
