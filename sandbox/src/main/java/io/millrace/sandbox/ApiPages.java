package io.millrace.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Cuts records into pages, in the ways of a {@link ScriptedApi}. */
final class ApiPages {
    private final List<ApiRecord> records;
    private final ApiRequest request;
    private final String base;
    private final int size;

    ApiPages(List<ApiRecord> records, ApiRequest request, String base, int size) {
        this.records = records;
        this.request = request;
        this.base = base;
        this.size = size;
    }

    /** The answer of a path, or empty where there is none. */
    Optional<String> answer(String path, Map<String, String> headers) {
        return Optional.ofNullable(
                switch (path) {
                    case "/all" -> list(0, records.size());
                    case "/page" -> list((request.number("page", 1) - 1) * size);
                    case "/offset" -> list(request.number("offset", 0));
                    case "/cursor" -> cursor();
                    case "/link" -> link(headers);
                    case "/next" -> next();
                    default -> null;
                });
    }

    private String cursor() {
        String cursor = request.parameters().getOrDefault("cursor", "c0");
        int from = Integer.parseInt(cursor.substring(1));
        String next = from + size < records.size() ? "\"c" + (from + size) + "\"" : "null";
        return "{\"data\":{\"items\":" + list(from) + "},\"next\":" + next + "}";
    }

    private String link(Map<String, String> headers) {
        int from = request.number("after", 0);
        if (from + size < records.size()) {
            headers.put(
                    "Link",
                    "<" + base + "/link>; rel=\"first\", <" + following("/link", from + size) + ">; rel=\"next\"");
        }
        return list(from);
    }

    private String next() {
        int from = request.number("after", 0);
        String next = from + size < records.size() ? '"' + following("/next", from + size) + '"' : "null";
        return "{\"items\":" + list(from) + ",\"links\":{\"next\":" + next + "}}";
    }

    /** The URL of a later page, with the parameters of the request, the key too, as some APIs write it. */
    private String following(String path, int after) {
        String parameters = request.parameters().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("after"))
                .map(parameter -> parameter.getKey()
                        + '='
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                        + '&')
                .collect(Collectors.joining());
        return path + '?' + parameters + "after=" + after;
    }

    private String list(int from) {
        return list(from, from + size);
    }

    private String list(int from, int to) {
        return records.stream()
                .skip(Math.max(0, from))
                .limit(to - from)
                .map(ApiRecord::json)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
