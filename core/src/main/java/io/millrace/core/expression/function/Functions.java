package io.millrace.core.expression.function;

import java.util.Optional;
import java.util.Set;

/** All functions. */
public final class Functions {
    private static final FunctionTable TABLE = new FunctionTable();

    static {
        TextFunctions.addTo(TABLE);
        PatternFunctions.addTo(TABLE);
        ChoiceFunctions.addTo(TABLE);
        NumberFunctions.addTo(TABLE);
        CalendarFunctions.addTo(TABLE);
        TimeFunctions.addTo(TABLE);
        ListFunctions.addTo(TABLE);
        HashFunctions.addTo(TABLE);
        UrlFunctions.addTo(TABLE);
        UserAgentFunctions.addTo(TABLE);
        GeoFunctions.addTo(TABLE);
    }

    private Functions() {}

    /** The function of this name, in lower case. */
    public static Optional<Function> find(String name) {
        return TABLE.find(name);
    }

    /** The names, in their order. */
    public static Set<String> names() {
        return TABLE.names();
    }
}
