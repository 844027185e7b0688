package io.millrace.core.expression.function;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.kernel.Coercions;
import io.millrace.core.expression.kernel.Kernel;
import java.util.List;
import java.util.stream.Collectors;

/** What functions with a rule of their own ask of their arguments. */
final class Arguments {
    private Arguments() {}

    static MillraceException refused(String name, String wanted, List<Kernel> found) {
        boolean text = found.stream().anyMatch(argument -> argument.type().kind() == Kind.STRING);
        String remedy = text || wanted.contains("string") ? "; CAST(… AS type) converts" : "";
        return MillraceException.user(name + " is for " + wanted + "; found "
                + found.stream().map(Kernel::typeName).collect(Collectors.joining(", ", "(", ")")) + remedy);
    }

    static String list(List<DataType> types) {
        return types.stream().map(DataType::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    static void count(String name, List<Kernel> arguments, int least, int most, String wanted) {
        if (arguments.size() < least || arguments.size() > most) {
            throw refused(name, wanted, arguments);
        }
    }

    /** The argument as this type. */
    static Kernel as(String name, List<Kernel> arguments, int index, DataType type, String wanted) {
        return Coercions.to(arguments.get(index), type).orElseThrow(() -> refused(name, wanted, arguments));
    }

    /** The text of an argument that must be a literal. */
    static String literal(String name, List<Kernel> arguments, int index, String what) {
        return Coercions.literalText(arguments.get(index))
                .orElseThrow(() -> MillraceException.user(name + ": " + what + " must be a literal text"));
    }

    /** All arguments as the type that they have in common. */
    static List<Kernel> common(String name, List<Kernel> arguments) {
        DataType type = Coercions.common(arguments)
                .orElseThrow(() -> arguments.stream().allMatch(Kernel::untyped)
                        ? MillraceException.user(name + " of NULL alone has no type; write CAST(NULL AS type)")
                        : refused(name, "values of one type", arguments));
        return arguments.stream()
                .map(argument ->
                        Coercions.to(argument, type).orElseThrow(() -> refused(name, "values of one type", arguments)))
                .toList();
    }
}
