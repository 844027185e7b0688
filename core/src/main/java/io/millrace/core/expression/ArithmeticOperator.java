package io.millrace.core.expression;

/** What computes with two numbers. */
public enum ArithmeticOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    /** Of whole numbers too the quotient is not a whole number. */
    DIVIDE("/"),
    /** Has the sign of the dividend. */
    REMAINDER("%");

    private final String sign;

    ArithmeticOperator(String sign) {
        this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
        return sign;
    }
}
