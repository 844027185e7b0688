package io.millrace.core.expression.function;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A URL taken apart by the rule of RFC 3986, appendix B, which takes any text apart. Scheme and host are in lower case, user
 * and port no part of the host; nothing is decoded but parameters.
 */
record UrlParts(
        Optional<String> scheme,
        Optional<String> host,
        Optional<String> port,
        String path,
        Optional<String> query,
        Optional<String> fragment) {

    static UrlParts of(String url) {
        String rest = url;
        Optional<String> fragment = after(rest, '#');
        rest = before(rest, '#');
        Optional<String> query = after(rest, '?');
        rest = before(rest, '?');
        Optional<String> scheme = Optional.empty();
        int colon = rest.indexOf(':');
        if (colon > 0 && isScheme(rest.substring(0, colon))) {
            scheme = Optional.of(rest.substring(0, colon).toLowerCase(Locale.ROOT));
            rest = rest.substring(colon + 1);
        }
        if (!rest.startsWith("//")) {
            return new UrlParts(scheme, Optional.empty(), Optional.empty(), rest, query, fragment);
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int bracket = hostAndPort.lastIndexOf(']');
        int portColon = hostAndPort.indexOf(':', Math.max(bracket, 0));
        String host = (portColon < 0 ? hostAndPort : hostAndPort.substring(0, portColon)).toLowerCase(Locale.ROOT);
        return new UrlParts(
                scheme,
                host.isEmpty() ? Optional.empty() : Optional.of(host),
                portColon < 0 ? Optional.empty() : Optional.of(hostAndPort.substring(portColon + 1)),
                path,
                query,
                fragment);
    }

    private static boolean isScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> after(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
    }

    private static String before(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    /** The first value of a parameter of the query, decoded; empty text where it has no value. */
    Optional<String> parameter(String name) {
        if (query.isEmpty()) {
            return Optional.empty();
        }
        for (String pair : query.get().split("&")) {
            if (decoded(before(pair, '=')).equals(name)) {
                return Optional.of(decoded(after(pair, '=').orElse("")));
            }
        }
        return Optional.empty();
    }

    /** Percent signs that are no escape stay as they are; bytes that are not UTF-8 become U+FFFD. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        try {
            return URLDecoder.decode(text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            return text;
        }
    }
}
