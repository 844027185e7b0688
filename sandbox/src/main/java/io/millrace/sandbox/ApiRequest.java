package io.millrace.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a {@link ScriptedApi} has received.
 *
 * @param target path and query as they were sent
 * @param parameters of the query, decoded
 * @param headers by name in lower case
 */
public record ApiRequest(
        String method, String target, Map<String, String> parameters, Map<String, List<String>> headers) {
    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** A parameter's value as a number, or another where it is absent. */
    public int number(String parameter, int otherwise) {
        return Integer.parseInt(parameters.getOrDefault(parameter, String.valueOf(otherwise)));
    }
}
