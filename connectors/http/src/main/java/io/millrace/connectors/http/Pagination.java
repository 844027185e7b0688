package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.util.Optional;

/** How to get from one page of an answer to the next. */
sealed interface Pagination {
    /** The query parameter that this pagination sets, if it sets one. */
    default Optional<String> parameter() {
        return Optional.empty();
    }

    /** The answer holds a token for the next page. */
    record Cursor(
            @Setting(
                            value = "The path of the next page's cursor; absent, null or empty on the last page.",
                            example = "next")
                    String path,
            @Setting(value = "The parameter that takes it.", defaultValue = "cursor") String param)
            implements Pagination {
        public Cursor {
            JsonPaths.parse("path", path);
            requireParameter(param);
        }

        @Override
        public Optional<String> parameter() {
            return Optional.of(param);
        }
    }

    /** Pages are counted; an empty one is behind the last. */
    record Page(
            @Setting(value = "The parameter that takes the page's number.", defaultValue = "page") String param,
            @Setting(value = "The first page's number.", defaultValue = "1") int start,
            @Setting(
                            "Records of a full page, where the API never cuts one short before the last: saves asking for one more.")
                    Optional<Integer> size)
            implements Pagination {
        public Page {
            requireParameter(param);
            requireSize(size);
            if (start < 0) {
                throw new InvalidSetting("start", "must not be negative");
            }
        }

        @Override
        public Optional<String> parameter() {
            return Optional.of(param);
        }
    }

    /** Records are counted; an empty page is behind the last. */
    record Offset(
            @Setting(value = "The parameter that takes the number of records before the page.", defaultValue = "offset")
                    String param,
            @Setting(
                            "Records of a full page, where the API never cuts one short before the last: saves asking for one more.")
                    Optional<Integer> size)
            implements Pagination {
        public Offset {
            requireParameter(param);
            requireSize(size);
        }

        @Override
        public Optional<String> parameter() {
            return Optional.of(param);
        }
    }

    /** The header {@code Link: <…>; rel="next"} holds the next page's URL. */
    record LinkHeader(@Setting(value = "Only true can be said.", inline = true, example = "true") boolean followed)
            implements Pagination {
        public LinkHeader {
            if (!followed) {
                throw new IllegalArgumentException("must be true; for a single page leave pagination out");
            }
        }
    }

    /** The answer holds the next page's URL. */
    record NextUrl(
            @Setting(
                            value = "The path of the next page's URL; absent, null or empty on the last page.",
                            example = "links.next")
                    String path)
            implements Pagination {
        public NextUrl {
            JsonPaths.parse("path", path);
        }
    }

    private static void requireParameter(String param) {
        if (param.isBlank()) {
            throw new InvalidSetting("param", "must not be empty");
        }
    }

    private static void requireSize(Optional<Integer> size) {
        if (size.isPresent() && size.get() < 1) {
            throw new InvalidSetting("size", "must be at least 1");
        }
    }
}
