package io.millrace.connectors.http;

import io.millrace.api.Setting;
import java.util.Optional;

/** The answer holds a token for the next page. */
record Cursor(
        @Setting(
                        value = "The path of the next page's cursor; absent, null or empty on the last page.",
                        example = "next")
                String path,
        @Setting(value = "The parameter that takes it.", defaultValue = "cursor") String param)
        implements Pagination {
    Cursor {
        JsonPaths.parse("path", path);
        Pagination.requireParameter(param);
    }

    @Override
    public Optional<String> parameter() {
        return Optional.of(param);
    }
}
