package io.millrace.core.expression;

/** A place in the text of an expression; both numbers count from 1, columns in characters. */
public record Position(int line, int column) {
    /** The first character. */
    public static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
