package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.trino.sql.parser.CaseInsensitiveStream;
import io.trino.sql.parser.SqlBaseLexer;
import io.trino.sql.parser.SqlBaseParser;
import java.util.BitSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;

/**
 * Reads text by Trino's grammar. Only the generated parser of that library is used, and only here and in
 * {@link SqlTranslation}: its own tree and its other libraries are never loaded.
 */
final class SqlText {
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_NESTING = 200;

    private SqlText() {}

    static Expression parse(String text) {
        if (text.isBlank()) {
            throw MillraceException.user("the expression is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw MillraceException.user("the expression is " + text.length() + " characters long; it can have up to "
                    + MAX_LENGTH + ", so look the values up in a table");
        }
        if (nesting(text) > MAX_NESTING) {
            throw tooDeep();
        }
        SqlBaseLexer lexer = new SqlBaseLexer(new CaseInsensitiveStream(CharStreams.fromString(text)));
        CommonTokenStream tokens = new CommonTokenStream(new FunctionNames(lexer));
        SqlBaseParser parser = new SqlBaseParser(tokens);
        FirstError errors = new FirstError(text);
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        try {
            return new SqlTranslation().translate(parser.standaloneExpression().expression());
        } catch (StackOverflowError overflow) {
            throw tooDeep();
        }
    }

    /** How deep parentheses are nested, those in text and names included. */
    private static int nesting(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static MillraceException tooDeep() {
        return MillraceException.user("the expression is nested too deeply; derive a part of it as a column first");
    }

    /** Ends the parse at the first thing that does not fit. */
    private static final class FirstError extends BaseErrorListener {
        private final String text;

        FirstError(String text) {
            this.text = text;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object symbol,
                int line,
                int column,
                String message,
                RecognitionException cause) {
            Position at = new Position(line, column + 1);
            if (!(symbol instanceof Token token)) {
                throw MillraceException.user(at + ": cannot be read as SQL (" + message + ")");
            }
            throw MillraceException.user(at + ": " + SyntaxHint.of(token, text));
        }

        @Override
        public void reportAmbiguity(
                org.antlr.v4.runtime.Parser recognizer,
                org.antlr.v4.runtime.dfa.DFA dfa,
                int start,
                int stop,
                boolean exact,
                BitSet alternatives,
                org.antlr.v4.runtime.atn.ATNConfigSet configurations) {
            // Which alternative is taken is defined by the grammar's order.
        }
    }
}
