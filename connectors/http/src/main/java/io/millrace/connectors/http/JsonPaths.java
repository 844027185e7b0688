package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.formats.json.JsonPath;

/** Paths as settings. */
final class JsonPaths {
    private JsonPaths() {}

    static JsonPath parse(String key, String text) {
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(key, e.getMessage());
        }
    }
}
