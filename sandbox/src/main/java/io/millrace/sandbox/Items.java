package io.millrace.sandbox;

import java.io.IOException;
import java.sql.SQLException;

/** The items table: one clean row for every id that events name. */
final class Items {
    static final String COLUMNS = "id bigint PRIMARY KEY, title text NOT NULL, category text NOT NULL,"
            + " price numeric(10, 2) NOT NULL, created_at timestamp with time zone NOT NULL";

    private static final byte[][] CATEGORIES = Catalog.utf8(Catalog.CATEGORIES);

    private Items() {}

    static void write(CopySink sink, Catalog catalog) throws IOException, SQLException {
        EventTime time = new EventTime();
        CopyText text = new CopyText();
        for (int id = 1; id <= catalog.size(); id++) {
            text.number(id);
            text.tab();
            text.plain(catalog.page(id));
            text.tab();
            text.plain(CATEGORIES[catalog.category(id)]);
            text.tab();
            text.number(catalog.priceCents(id) / 100);
            text.put('.');
            text.padded(catalog.priceCents(id) % 100, 2);
            text.tab();
            text.plain(time.text(EventSequence.START - catalog.ageDays(id) * 86_400L));
            text.plain("+00");
            text.tab();
            text.endRow();
            if (text.length() >= CopySink.CHUNK || id == catalog.size()) {
                sink.write(text.bytes(), text.length());
                text.clear();
            }
        }
    }
}
