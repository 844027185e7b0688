package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.core.expression.kernel.Output;
import java.util.Optional;

/** Parts of URLs; null where the text has none. No text is too odd to be looked at, so nothing fails. */
final class UrlFunctions {
    private UrlFunctions() {}

    static void addTo(FunctionTable table) {
        table.add(
                "url_scheme",
                STRING,
                (a, row, out) -> put(UrlParts.of(a[0].text(row)).scheme(), out),
                STRING);
        table.add(
                "url_host",
                STRING,
                (a, row, out) -> put(UrlParts.of(a[0].text(row)).host(), out),
                STRING);
        table.add("url_port", INT64, (a, row, out) -> port(UrlParts.of(a[0].text(row)), out), STRING);
        table.add(
                "url_path",
                STRING,
                (a, row, out) -> put(Optional.of(UrlParts.of(a[0].text(row)).path()), out),
                STRING);
        table.add(
                "url_query",
                STRING,
                (a, row, out) -> put(UrlParts.of(a[0].text(row)).query(), out),
                STRING);
        table.add(
                "url_fragment",
                STRING,
                (a, row, out) -> put(UrlParts.of(a[0].text(row)).fragment(), out),
                STRING);
        table.add(
                "url_parameter",
                STRING,
                (a, row, out) -> put(UrlParts.of(a[0].text(row)).parameter(a[1].text(row)), out),
                STRING,
                STRING);
    }

    private static void put(Optional<String> part, Output out) {
        if (part.isPresent()) {
            out.put(part.get());
        } else {
            out.none();
        }
    }

    private static void port(UrlParts url, Output out) {
        Optional<String> digits = url.port().filter(text -> text.matches("[0-9]{1,5}"));
        if (digits.isPresent()) {
            out.put(Long.parseLong(digits.get()));
        } else {
            out.none();
        }
    }
}
