package io.millrace.connectors.http;

import io.millrace.formats.json.JsonPath;
import java.net.URI;
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
        if (chosen instanceof Cursor cursor) {
            return new CursorPager(cursor);
        } else if (chosen instanceof Page page) {
            return new CountingPager(page.param(), page.start(), page.size(), false);
        } else if (chosen instanceof Offset offset) {
            return new CountingPager(offset.param(), 0, offset.size(), true);
        }
        Optional<JsonPath> path =
                chosen instanceof NextUrl next ? Optional.of(JsonPaths.parse("path", next.path())) : Optional.empty();
        return new UrlPager(path, origin, secrets);
    }

    /** The request of a page, without keys. */
    URI uri(URI first, Optional<String> page);

    /** Values in a page that {@link #next} needs. */
    List<JsonPath> values();

    /** The page behind one that was answered, or empty behind the last; {@link Failed} where the API goes round in circles. */
    Optional<String> next(PageAnswer answered) throws Failed;
}
