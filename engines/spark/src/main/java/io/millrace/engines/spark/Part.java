package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.ColumnKernel;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rendered part of an expression.
 *
 * @param sql its value; unspecified where it failed
 * @param failed whether it, or a part of it that counts, failed; never null
 * @param kernel stands for its type, and for its value where that is the same for all rows, when our own rules are asked which
 *     types go together
 */
record Part(String sql, String failed, Kernel kernel) {
    static Part literal(DataType type, Object value) {
        return new Part(Sql.literal(type, value), Sql.NEVER, ConstantKernel.of(type, value));
    }

    static Part column(String name, DataType type) {
        return new Part(Sql.column(name), Sql.NEVER, new ColumnKernel(-1, type));
    }

    /** What fails where this condition is true. */
    static Part failing(DataType type, String sql, String failed) {
        return new Part(sql, failed, new ColumnKernel(-1, type));
    }

    /** What fails only where an operand does. */
    static Part safe(DataType type, String sql, List<Part> operands) {
        return failing(type, sql, failure(operands));
    }

    /** What fails where an operand does, and where this condition is true; it may be null. */
    static Part checked(DataType type, String sql, List<Part> operands, String failure) {
        return failing(type, sql, Sql.any(List.of(failure(operands), "((" + failure + ") IS TRUE)")));
    }

    /** What is null where an operand is, and otherwise fails where it is null. */
    static Part nullWhereFailed(DataType type, String sql, List<Part> operands) {
        List<String> conditions = new ArrayList<>(List.of(sql + " IS NULL"));
        operands.stream()
                .filter(operand -> !operand.known())
                .map(operand -> operand.sql + " IS NOT NULL")
                .distinct()
                .forEach(conditions::add);
        if (operands.stream().anyMatch(operand -> operand.constant() && !operand.known())) {
            return safe(type, sql, operands);
        }
        String own = "(" + String.join(" AND ", conditions) + ")";
        return failing(type, sql, Sql.any(List.of(failure(operands), own)));
    }

    /** Whether one of them failed. */
    static String failure(List<Part> parts) {
        return Sql.any(parts.stream().map(Part::failed).toList());
    }

    /** The same value by another text. */
    Part as(DataType type, String other) {
        return failing(type, other, failed);
    }

    DataType type() {
        return kernel.type();
    }

    boolean constant() {
        return kernel.constant().isPresent();
    }

    /** True for a constant that is not null. */
    private boolean known() {
        return kernel.constant().filter(one -> !one.isNull(0)).isPresent();
    }

    /** The value of a constant; null where it is null or no constant. */
    Object value() {
        return kernel.constant().map(one -> one.value(0)).orElse(null);
    }

    static List<Kernel> kernels(List<Part> parts) {
        return parts.stream().map(Part::kernel).toList();
    }

    static String list(Stream<Part> parts) {
        return String.join(", ", parts.map(Part::sql).toList());
    }
}
