package io.millrace.connectors.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * How keys are made: {@code user:{user_id}} is the text {@code user:}, then the value of column {@code user_id}. A brace of
 * its own is written twice.
 *
 * @param literals what stands before, between and behind the columns; one more than there are columns
 * @param columns their names, in order
 */
record KeyTemplate(List<String> literals, List<String> columns) {
    KeyTemplate {
        literals = List.copyOf(literals);
        columns = List.copyOf(columns);
    }

    /** Reads the written form; IllegalArgumentException, which says what is wrong, where it is not one. */
    static KeyTemplate parse(String text) {
        List<String> literals = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == next;
            if ((next == '{' || next == '}') && doubled) {
                literal.append(next);
                at++;
            } else if (next == '{') {
                int end = text.indexOf('}', at);
                if (end < 0 || end == at + 1) {
                    throw new IllegalArgumentException(
                            "has a '{' that no column name and '}' follow; write user:{user_id},"
                                    + " and {{ for a brace of its own");
                }
                literals.add(literal.toString());
                literal.setLength(0);
                columns.add(text.substring(at + 1, end));
                at = end;
            } else if (next == '}') {
                throw new IllegalArgumentException("has a '}' without '{'; write }} for a brace of its own");
            } else {
                literal.append(next);
            }
        }
        literals.add(literal.toString());
        check(literals, columns);
        return new KeyTemplate(literals, columns);
    }

    private static void check(List<String> literals, List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "names no column, so that all rows would have one key; write user:{user_id}");
        }
        for (int i = 1; i < columns.size(); i++) {
            if (literals.get(i).isEmpty()) {
                throw new IllegalArgumentException(
                        "has nothing between {" + columns.get(i - 1) + "} and {" + columns.get(i)
                                + "}, so that different rows could have one key; put a separator such as ':' between them");
            }
        }
        if (literals.get(0).startsWith(PipelineKeys.PREFIX)) {
            throw new IllegalArgumentException(
                    "begins with " + PipelineKeys.PREFIX + ", where Millrace keeps its own state; begin it otherwise");
        }
    }
}
