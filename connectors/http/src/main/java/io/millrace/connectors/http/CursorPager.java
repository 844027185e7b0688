package io.millrace.connectors.http;

import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The answer holds a cursor, which a parameter of the next request takes. */
final class CursorPager implements Pager {
    private static final int SHOWN = 60;

    private final String param;
    private final List<JsonPath> path;
    private final SeenPages seen = new SeenPages();

    CursorPager(Cursor settings) {
        this.param = settings.param();
        this.path = List.of(JsonPaths.parse("path", settings.path()));
    }

    @Override
    public URI uri(URI first, Optional<String> page) {
        return page.map(cursor -> Query.with(first, param, cursor)).orElse(first);
    }

    @Override
    public List<JsonPath> values() {
        return path;
    }

    @Override
    public Optional<String> next(PageAnswer answered) throws Failed {
        if (answered.name().isPresent()) {
            // The own one too: a reader that was resumed has not seen the page before it.
            seen.add(answered.name().get());
        }
        Optional<String> cursor = answered.page().value(0).filter(text -> !text.isEmpty() && !text.equals("false"));
        if (cursor.isPresent()) {
            String text = cursor.get();
            seen.check(text, "cursor '" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'");
        }
        return cursor;
    }
}
