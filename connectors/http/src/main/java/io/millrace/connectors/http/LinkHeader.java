package io.millrace.connectors.http;

import io.millrace.api.Setting;

/** The header {@code Link: <…>; rel="next"} holds the next page's URL. */
record LinkHeader(@Setting(value = "Only true can be said.", inline = true, example = "true") boolean followed)
        implements Pagination {
    LinkHeader {
        if (!followed) {
            throw new IllegalArgumentException("must be true; for a single page leave pagination out");
        }
    }
}
