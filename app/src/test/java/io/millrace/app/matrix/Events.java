package io.millrace.app.matrix;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The rows that every source of the matrix holds: {@link #COUNT} good ones and, mixed in, {@link #BAD} without a type. */
final class Events {
    static final int COUNT = 3_000;
    static final int BAD = 30;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> TYPES = List.of("view", "click", "like", "购买", "it's \"odd\", \\n|");

    private Events() {}

    /** One event; null for type and rating where the row has none. */
    record Event(long id, long user, String type, Double rating, long cents, Instant at) {
        /** 12.34, as text. */
        String price() {
            return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
        }

        /** What every target's rows are compared in. */
        String text() {
            return canonical(id, user, type, rating, cents, at);
        }
    }

    static String canonical(long id, long user, String type, Double rating, long cents, Instant at) {
        return id + " " + user + " " + type + " " + (rating == null ? "-" : Math.round(rating * 2)) + " " + cents + " "
                + (at.getEpochSecond() * 1_000_000L + at.getNano() / 1_000);
    }

    /** All rows, bad ones included, in the order of their ids. */
    static List<Event> all() {
        return IntStream.range(0, COUNT + BAD).mapToObj(Events::event).toList();
    }

    private static Event event(int number) {
        boolean bad = number % ((COUNT + BAD) / BAD) == 7;
        return new Event(
                number,
                number * 31L % 257,
                bad ? null : TYPES.get(number % TYPES.size()),
                number % 11 == 0 ? null : number % 10 / 2.0,
                number * 7919L % 100_000,
                FIRST.plusSeconds(number).plusNanos(number * 1_000L));
    }

    /** What every target must hold in the end, sorted. */
    static List<String> expected() {
        return all().stream()
                .filter(event -> event.type() != null)
                .map(Event::text)
                .sorted()
                .toList();
    }

    /** The columns as a pipeline file declares them. */
    static String schema() {
        return "{event_id: int64, user_id: int64, event_type: string, rating: float64, price: \"decimal(12,2)\","
                + " created_at: timestamp}";
    }

    /** An event as a JSON object. */
    static String json(Event event) {
        return "{\"event_id\": " + event.id() + ", \"user_id\": " + event.user() + ", \"event_type\": "
                + (event.type() == null
                        ? "null"
                        : '"' + event.type().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                + ", \"rating\": " + event.rating() + ", \"price\": " + event.price() + ", \"created_at\": \""
                + event.at() + "\"}";
    }
}
