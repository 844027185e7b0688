package io.millrace.connectors.http;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The parameters in the query of a URI. */
final class Query {
    private Query() {}

    /** One parameter, decoded. */
    record Parameter(String name, String value) {
        @Override
        public String toString() {
            return encoded(name) + '=' + encoded(value);
        }
    }

    static List<Parameter> of(URI uri) {
        List<Parameter> parameters = new ArrayList<>();
        String query = uri.getRawQuery();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.add(new Parameter(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1))));
        }
        return parameters;
    }

    /** The URI with a parameter added. What is there stays as it is written. */
    static URI with(URI uri, String name, String value) {
        String query = uri.getRawQuery();
        String added = new Parameter(name, value).toString();
        return replaced(uri, query == null || query.isEmpty() ? added : query + '&' + added);
    }

    /** The URI without some of its parameters. What remains stays as it is written. */
    static URI without(URI uri, Predicate<Parameter> unwanted) {
        String query = uri.getRawQuery();
        List<Parameter> parameters = of(uri);
        if (parameters.stream().noneMatch(unwanted)) {
            return uri;
        }
        List<String> kept = new ArrayList<>();
        String[] pairs = query.split("&");
        for (int i = 0; i < pairs.length; i++) {
            if (!unwanted.test(parameters.get(i))) {
                kept.add(pairs[i]);
            }
        }
        return replaced(uri, kept.isEmpty() ? null : String.join("&", kept));
    }

    private static URI replaced(URI uri, String query) {
        String text = uri.toString();
        int end = text.indexOf('#') < 0 ? text.length() : text.indexOf('#');
        int mark = text.indexOf('?');
        String head = text.substring(0, mark < 0 || mark > end ? end : mark);
        return URI.create(query == null ? head : head + '?' + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
