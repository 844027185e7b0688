package io.millrace.sandbox;

/** Writes events, with their dirt, as rows of COPY text. Not thread-safe. */
final class RowWriter {
    private static final byte[][] TYPES = Catalog.utf8(Catalog.EVENT_TYPES);
    private static final byte[][] CATEGORIES = Catalog.utf8(Catalog.CATEGORIES);
    private static final byte[][] DEVICES = Catalog.utf8(Catalog.DEVICES);
    private static final byte[] EMPTY = {};

    private final CopyText out;
    private final Catalog catalog;
    private final Dirt dirt;
    private final RandomNumbers random = new RandomNumbers(0);
    private final DirtyText dirtyText;
    private final EventTime shanghai = new EventTime();
    private final EventTime utc = new EventTime();
    private final byte[] session = new byte[Catalog.SESSION_ID_LENGTH];

    RowWriter(CopyText out, Catalog catalog, Dirt dirt) {
        this.out = out;
        this.catalog = catalog;
        this.dirt = dirt;
        this.dirtyText = new DirtyText(out, random);
    }

    void write(Event event) {
        random.reseed(event.dirtSeed);
        number(event, EventColumn.EVENT_ID, event.eventId);
        number(event, EventColumn.USER_ID, event.user);
        number(event, EventColumn.ITEM_ID, event.item);
        text(event, EventColumn.EVENT_TYPE, TYPES[event.type]);
        text(event, EventColumn.CATEGORY, CATEGORIES[event.category]);
        rating(event);
        text(event, EventColumn.SESSION_ID, sessionId(event.session));
        text(event, EventColumn.DEVICE, DEVICES[event.device]);
        text(event, EventColumn.PAGE, catalog.page(event.item));
        text(event, EventColumn.TS, timestamp(event));
        createdAt(event);
        out.endRow();
    }

    private void number(Event event, EventColumn column, long value) {
        if (event.isNull(column)) {
            out.nullCell();
        } else {
            out.number(value);
        }
        out.tab();
    }

    private void text(Event event, EventColumn column, byte[] clean) {
        boolean spaces = random.chance(dirt.whiteSpace());
        boolean controls = random.chance(dirt.controlCharacters());
        if (event.isNull(column)) {
            out.nullCell();
        } else if (event.isBlank(column)) {
            dirtyText.write(EMPTY, random.nextInt(2) == 0, controls);
        } else if (spaces || controls) {
            dirtyText.write(clean, spaces, controls);
        } else {
            out.plain(clean);
        }
        out.tab();
    }

    private void rating(Event event) {
        if (event.outOfRangeRating != Event.NONE) {
            out.plain(Double.toString(Faults.RATINGS[event.outOfRangeRating]));
        } else if (event.isNull(EventColumn.RATING) || event.rating == Event.NONE) {
            out.nullCell();
        } else {
            out.number(event.rating / 10);
            out.put('.');
            out.number(event.rating % 10);
        }
        out.tab();
    }

    private byte[] timestamp(Event event) {
        return event.malformedDate == Event.NONE
                ? shanghai.text(event.second + EventTime.SHANGHAI_OFFSET)
                : Faults.DATES[event.malformedDate];
    }

    private void createdAt(Event event) {
        if (event.isNull(EventColumn.CREATED_AT)) {
            out.nullCell();
        } else {
            out.plain(utc.text(event.second + event.delayMicros / 1_000_000));
            out.put('.');
            out.padded(event.delayMicros % 1_000_000, 6);
            out.plain("+00");
        }
        out.tab();
    }

    private byte[] sessionId(long number) {
        Catalog.sessionId(number, session);
        return session;
    }
}
