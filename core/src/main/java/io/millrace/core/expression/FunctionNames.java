package io.millrace.core.expression;

import io.trino.sql.parser.SqlBaseLexer;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.WritableToken;

/** Lets the reserved words LEFT and RIGHT be functions: before a parenthesis no join can be meant. */
final class FunctionNames implements TokenSource {
    private final TokenSource tokens;
    private Token held;

    FunctionNames(TokenSource tokens) {
        this.tokens = tokens;
    }

    @Override
    public Token nextToken() {
        Token token = held == null ? tokens.nextToken() : held;
        held = null;
        if (token.getType() == SqlBaseLexer.LEFT || token.getType() == SqlBaseLexer.RIGHT) {
            held = tokens.nextToken();
            if ("(".equals(held.getText())) {
                ((WritableToken) token).setType(SqlBaseLexer.IDENTIFIER);
            }
        }
        return token;
    }

    @Override
    public int getLine() {
        return tokens.getLine();
    }

    @Override
    public int getCharPositionInLine() {
        return tokens.getCharPositionInLine();
    }

    @Override
    public CharStream getInputStream() {
        return tokens.getInputStream();
    }

    @Override
    public String getSourceName() {
        return tokens.getSourceName();
    }

    @Override
    public void setTokenFactory(TokenFactory<?> factory) {
        tokens.setTokenFactory(factory);
    }

    @Override
    public TokenFactory<?> getTokenFactory() {
        return tokens.getTokenFactory();
    }
}
