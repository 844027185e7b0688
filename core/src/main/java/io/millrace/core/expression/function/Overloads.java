package io.millrace.core.expression.function;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.Coercions;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.RowKernel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One name for several lists of parameter types: the one that fits as it is, else the first that the arguments become. */
final class Overloads implements Function {
    private final String name;
    private final List<Overload> overloads = new ArrayList<>();

    private record Overload(DataType result, RowKernel.Body body, List<DataType> parameters) {}

    Overloads(String name) {
        this.name = name;
    }

    void add(DataType result, RowKernel.Body body, List<DataType> parameters) {
        overloads.add(new Overload(result, body, parameters));
    }

    @Override
    public Kernel bind(List<Kernel> arguments, Instant runStart) {
        List<DataType> types = arguments.stream().map(Kernel::type).toList();
        boolean untyped = arguments.stream().anyMatch(Kernel::untyped);
        for (Overload overload : overloads) {
            if (!untyped && overload.parameters.equals(types)) {
                return kernel(overload, arguments);
            }
        }
        for (Overload overload : overloads) {
            Optional<List<Kernel>> coerced = coerced(arguments, overload.parameters);
            if (coerced.isPresent()) {
                return kernel(overload, coerced.get());
            }
        }
        throw Arguments.refused(
                name,
                overloads.stream()
                        .map(overload -> Arguments.list(overload.parameters))
                        .collect(Collectors.joining(" or ")),
                arguments);
    }

    private static Kernel kernel(Overload overload, List<Kernel> arguments) {
        return ConstantKernel.fold(RowKernel.strict(overload.result, arguments, overload.body));
    }

    private static Optional<List<Kernel>> coerced(List<Kernel> arguments, List<DataType> parameters) {
        if (arguments.size() != parameters.size()) {
            return Optional.empty();
        }
        List<Kernel> coerced = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Optional<Kernel> one = Coercions.to(arguments.get(i), parameters.get(i));
            if (one.isEmpty()) {
                return Optional.empty();
            }
            coerced.add(one.get());
        }
        return Optional.of(coerced);
    }
}
