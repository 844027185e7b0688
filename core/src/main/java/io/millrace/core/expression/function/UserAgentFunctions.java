package io.millrace.core.expression.function;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.RowKernel;
import java.util.List;
import java.util.function.Function;

/** What a browser says of itself. Nothing fails: what is not known is {@code Other}. */
final class UserAgentFunctions {
    private UserAgentFunctions() {}

    static void addTo(FunctionTable table) {
        add(table, "user_agent_family", UserAgent::browser);
        add(table, "user_agent_os", UserAgent::system);
        add(table, "user_agent_device", UserAgent::device);
        add(table, "device_class", UserAgent::deviceClass);
    }

    private static void add(FunctionTable table, String name, Function<UserAgent, String> part) {
        table.add(name, (arguments, runStart) -> bind(name, arguments, part));
    }

    private static Kernel bind(String name, List<Kernel> arguments, Function<UserAgent, String> part) {
        Arguments.count(name, arguments, 1, 1, "(string)");
        Kernel text = Arguments.as(name, arguments, 0, DataType.STRING, "(string)");
        UserAgentCache known = new UserAgentCache();
        return RowKernel.strict(
                DataType.STRING, List.of(text), (a, row, out) -> out.put(part.apply(known.get(a[0].text(row)))));
    }
}
