package io.millrace.connectors.postgres;

/**
 * A column of the table that is written.
 *
 * @param filled whether the server fills it where a row leaves it out: by default, identity or generation
 * @param computed whether only the server may fill it
 */
record TargetColumn(String name, TargetType type, boolean notNull, boolean filled, boolean computed) {
    String typeName() {
        return type.typeName();
    }
}
