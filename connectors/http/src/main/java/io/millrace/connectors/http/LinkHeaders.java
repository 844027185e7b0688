package io.millrace.connectors.http;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Link (RFC 8288). */
final class LinkHeaders {
    private static final Pattern LINK = Pattern.compile("\\G[\\s,]*<([^>]*)>((?:\\s*;\\s*[^\\s=;,\"]+"
            + "(?:\\s*=\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s;,\"]*))?)*)\\s*");
    private static final Pattern RELATION =
            Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))", Pattern.CASE_INSENSITIVE);

    private LinkHeaders() {}

    /** The target of the first link that is the next page. */
    static Optional<String> next(HttpHeaders headers) {
        return headers.allValues("link").stream()
                .flatMap(value -> LINK.matcher(value).results())
                .filter(link -> isNext(link.group(2)))
                .map(link -> link.group(1).strip())
                .findFirst();
    }

    /** Only the first relation of a link counts, and it may hold several names. */
    private static boolean isNext(String parameters) {
        Matcher relation = RELATION.matcher(parameters);
        if (!relation.find()) {
            return false;
        }
        String names = relation.group(1) != null ? relation.group(1) : relation.group(2);
        return Arrays.asList(names.toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
    }
}
