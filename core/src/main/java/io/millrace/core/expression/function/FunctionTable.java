package io.millrace.core.expression.function;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.RowKernel;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Functions by name, while they are collected and after. */
final class FunctionTable {
    private final SortedMap<String, Function> functions = new TreeMap<>();

    /** A function with a rule of its own. */
    void add(String name, Function function) {
        functions.put(name, function);
    }

    /** A function of operands of these types, null where one of them is; called again, it adds other types to the name. */
    void add(String name, DataType result, RowKernel.Body body, DataType... parameters) {
        Overloads overloads = (Overloads) functions.computeIfAbsent(name, Overloads::new);
        overloads.add(result, body, List.of(parameters));
    }

    Optional<Function> find(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(functions.keySet());
    }
}
