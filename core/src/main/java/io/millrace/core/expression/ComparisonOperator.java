package io.millrace.core.expression;

/** What compares two values. */
public enum ComparisonOperator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    /** As not equal, but null is a value like others, and the result never null. */
    DISTINCT("IS DISTINCT FROM"),
    /** As equal, but null is a value like others, and the result never null. */
    NOT_DISTINCT("IS NOT DISTINCT FROM");

    private final String sign;

    ComparisonOperator(String sign) {
        this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
        return sign;
    }
}
