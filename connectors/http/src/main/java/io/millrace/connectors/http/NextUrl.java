package io.millrace.connectors.http;

import io.millrace.api.Setting;

/** The answer holds the next page's URL. */
record NextUrl(
        @Setting(
                        value = "The path of the next page's URL; absent, null or empty on the last page.",
                        example = "links.next")
                String path)
        implements Pagination {
    NextUrl {
        JsonPaths.parse("path", path);
    }
}
