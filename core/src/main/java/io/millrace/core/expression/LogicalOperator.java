package io.millrace.core.expression;

/** What combines conditions. */
public enum LogicalOperator {
    AND,
    OR
}
