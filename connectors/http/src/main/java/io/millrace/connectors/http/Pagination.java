package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import java.util.Optional;

/** How to get from one page of an answer to the next. */
sealed interface Pagination permits Cursor, Page, Offset, LinkHeader, NextUrl {
    /** The query parameter that this pagination sets, if it sets one. */
    default Optional<String> parameter() {
        return Optional.empty();
    }

    /** Refuses an empty name. */
    static void requireParameter(String param) {
        if (param.isBlank()) {
            throw new InvalidSetting("param", "must not be empty");
        }
    }

    /** Refuses a page without records. */
    static void requireSize(Optional<Integer> size) {
        if (size.isPresent() && size.get() < 1) {
            throw new InvalidSetting("size", "must be at least 1");
        }
    }
}
