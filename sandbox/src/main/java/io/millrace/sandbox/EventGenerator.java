package io.millrace.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * Generates behaviour events, users and items, and knows what cleaning must make of the events.
 *
 * <p>The same seed, rows and dirt give the same bytes on every machine; fewer rows are a prefix of more. Event ids start
 * at 1,000,001. Nothing is kept per row, so any number of rows takes the same memory; each method makes its own pass.
 * Immutable and safe for use by several threads.
 */
public final class EventGenerator {
    /** The table of the example pipeline. */
    public static final String EVENTS_TABLE = "public.user_behaviors";

    private static final int USERS = 50_000;
    private static final int ITEMS = 10_000;
    private static final List<EventColumn> ALL_COLUMNS = List.of(EventColumn.values());

    private final long rows;
    private final long seed;
    private final Dirt dirt;
    private final Catalog catalog;
    private final Popularity users = new Popularity(USERS, 0.8);
    private final Popularity items = new Popularity(ITEMS, 1.0);

    private EventGenerator(long rows, long seed, Dirt dirt) {
        if (rows < 0) {
            throw new IllegalArgumentException("The number of rows must not be negative, but is " + rows);
        }
        this.rows = rows;
        this.seed = seed;
        this.dirt = dirt;
        this.catalog = new Catalog(RandomNumbers.mix(~seed), ITEMS);
    }

    /** A generator of that many rows, duplicates included. */
    public static EventGenerator of(long rows, long seed, Dirt dirt) {
        return new EventGenerator(rows, seed, dirt);
    }

    /** A generator with {@link Dirt#defaults()}. */
    public static EventGenerator of(long rows, long seed) {
        return of(rows, seed, Dirt.defaults());
    }

    /** The rows of the events table. */
    public long rows() {
        return rows;
    }

    /** Creates and fills {@link #EVENTS_TABLE}, {@code public.users} and {@code public.items}. */
    public void load(Connection connection) throws SQLException {
        loadUsers(connection, "public.users");
        loadItems(connection, "public.items");
        loadEvents(connection, EVENTS_TABLE);
    }

    /** See {@link #loadEvents(Connection, String, ProgressListener)}, without a listener. */
    public void loadEvents(Connection connection, String table) throws SQLException {
        loadEvents(connection, table, done -> {});
    }

    /**
     * Creates the table, which must not exist, and copies the events into it by one COPY, in the connection's current
     * transaction if it has one.
     *
     * @param table with or without a schema before a dot; both parts are taken literally
     * @param progress told the rows sent so far, every few thousand rows
     */
    public void loadEvents(Connection connection, String table, ProgressListener progress) throws SQLException {
        TableLoad.create(connection, table, EventColumn.definitions());
        TableLoad.copy(connection, table, sink -> writeRows(sink, progress));
    }

    /** Creates the table, which must not exist, and fills it with every user that events name. */
    public void loadUsers(Connection connection, String table) throws SQLException {
        TableLoad.create(connection, table, Users.COLUMNS);
        TableLoad.copy(connection, table, sink -> Users.write(sink, seed, USERS));
    }

    /** Creates the table, which must not exist, and fills it with every item that events name. */
    public void loadItems(Connection connection, String table) throws SQLException {
        TableLoad.create(connection, table, Items.COLUMNS);
        TableLoad.copy(connection, table, sink -> Items.write(sink, catalog));
    }

    /** Writes the events in PostgreSQL's COPY text format, in UTF-8; the caller closes the stream. */
    public void writeCopyText(OutputStream out) throws IOException {
        try {
            writeRows((bytes, length) -> out.write(bytes, 0, length), done -> {});
        } catch (SQLException impossible) {
            throw new IOException(impossible);
        }
    }

    private void writeRows(CopySink sink, ProgressListener progress) throws IOException, SQLException {
        CopyText text = new CopyText();
        RowWriter writer = new RowWriter(text, catalog, dirt);
        EventSequence sequence = sequence();
        Event event = new Event();
        for (long row = 1; row <= rows; row++) {
            sequence.next(event);
            writer.write(event);
            if (text.length() >= CopySink.CHUNK || row == rows) {
                sink.write(text.bytes(), text.length());
                text.clear();
                progress.rowsSent(row);
            }
        }
    }

    /** The events as JSON objects in UTF-8, keyed by column: numbers as such, everything else as text. */
    public Iterator<byte[]> json() {
        CopyText text = new CopyText();
        RowWriter writer = new RowWriter(text, catalog, dirt);
        EventSequence sequence = sequence();
        Event event = new Event();
        CopyJson json = new CopyJson();
        return new Iterator<>() {
            private long row;

            @Override
            public boolean hasNext() {
                return row < rows;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                row++;
                text.clear();
                sequence.next(event);
                writer.write(event);
                return json.object(text);
            }
        };
    }

    /** What the example pipeline must report. */
    public Expected expected() {
        return Expected.count(sequence(), rows);
    }

    /** Gives each row that the example pipeline must load, in order of event id. */
    public void forEachClean(Consumer<CleanEvent> consumer) {
        cleanEvents().forEachRemaining(consumer);
    }

    /** The rows that the example pipeline must load, in order of event id. */
    public Iterator<CleanEvent> cleanEvents() {
        return new CleanEvents(sequence(), rows, catalog);
    }

    /** The {@linkplain ContentHash content hash} of the rows to be loaded, over all columns or those given. */
    public long contentHash(EventColumn... columns) {
        List<EventColumn> chosen = columns.length == 0 ? ALL_COLUMNS : Arrays.asList(columns);
        ContentHash hash = new ContentHash();
        forEachClean(event -> hash.add(event.canonicalText(chosen)));
        return hash.value();
    }

    private EventSequence sequence() {
        return new EventSequence(seed, dirt, catalog, users, items);
    }
}
