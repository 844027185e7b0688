package io.millrace.connectors.http;

import io.millrace.formats.json.JsonPage;
import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** Where the pages are. A page is named by a text: a number, a cursor, a URL; the first by nothing. One for each reader. */
interface Pager {
    /** A pager for these settings. */
    static Pager of(Optional<Pagination> pagination, Origin origin, Secrets secrets) {
        if (pagination.isEmpty()) {
            return new SinglePage();
        }
        Pagination chosen = pagination.get();
        if (chosen instanceof Pagination.Cursor cursor) {
            return new CursorPager(cursor);
        } else if (chosen instanceof Pagination.Page page) {
            return new CountingPager(page.param(), page.start(), page.size(), false);
        } else if (chosen instanceof Pagination.Offset offset) {
            return new CountingPager(offset.param(), 0, offset.size(), true);
        }
        Optional<JsonPath> path = chosen instanceof Pagination.NextUrl next
                ? Optional.of(JsonPaths.parse("path", next.path()))
                : Optional.empty();
        return new UrlPager(path, origin, secrets);
    }

    /** The request of a page, without keys. */
    URI uri(URI first, Optional<String> page);

    /** Values in a page that {@link #next} needs. */
    List<JsonPath> values();

    /** The page behind one that was answered, or empty behind the last; {@link Failed} where the API goes round in circles. */
    Optional<String> next(PageAnswer answered) throws Failed;

    /**
     * A page that was answered.
     *
     * @param name of the page
     * @param request for it, without keys
     * @param body in which the page's records stand
     */
    record PageAnswer(Optional<String> name, URI request, HttpHeaders headers, byte[] body, JsonPage page) {}

    /** All records in one answer. */
    final class SinglePage implements Pager {
        @Override
        public URI uri(URI first, Optional<String> page) {
            return first;
        }

        @Override
        public List<JsonPath> values() {
            return List.of();
        }

        @Override
        public Optional<String> next(PageAnswer answered) {
            return Optional.empty();
        }
    }
}
