package io.millrace.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A row as it must come out of the example pipeline's cleaning and deduplication. Known from how the row was made, not
 * from cleaning it.
 *
 * @param eventId never twice
 * @param userId never absent: such rows are rejected
 * @param itemId may be null
 * @param eventType clean text, or null if {@link Dirt#nulls} says so
 * @param category clean text, perhaps empty; {@code unknown} where it was null
 * @param rating 0 to 5; 0.0 where it was null
 * @param sessionId clean text, or null if {@link Dirt#nulls} says so
 * @param device clean text, perhaps empty, or null
 * @param page clean text, perhaps empty, or null
 * @param ts the moment that the text meant in Asia/Shanghai, or null
 * @param createdAt to the microsecond, or null
 */
public record CleanEvent(
        long eventId,
        long userId,
        Long itemId,
        String eventType,
        String category,
        double rating,
        String sessionId,
        String device,
        String page,
        Instant ts,
        Instant createdAt) {

    static CleanEvent of(Event event, Catalog catalog) {
        byte[] session = new byte[Catalog.SESSION_ID_LENGTH];
        Catalog.sessionId(event.session, session);
        boolean unrated = event.rating == Event.NONE || event.isNull(EventColumn.RATING);
        return new CleanEvent(
                event.eventId,
                event.user,
                event.isNull(EventColumn.ITEM_ID) ? null : (long) event.item,
                text(event, EventColumn.EVENT_TYPE, Catalog.EVENT_TYPES[event.type], null),
                text(event, EventColumn.CATEGORY, Catalog.CATEGORIES[event.category], "unknown"),
                unrated ? 0.0 : event.rating / 10.0,
                text(event, EventColumn.SESSION_ID, new String(session, StandardCharsets.US_ASCII), null),
                text(event, EventColumn.DEVICE, Catalog.DEVICES[event.device], null),
                text(event, EventColumn.PAGE, catalog.title(event.item), null),
                event.isNull(EventColumn.TS) ? null : Instant.ofEpochSecond(event.second),
                event.isNull(EventColumn.CREATED_AT)
                        ? null
                        : Instant.ofEpochSecond(event.second, event.delayMicros * 1000L));
    }

    private static String text(Event event, EventColumn column, String clean, String instead) {
        if (event.isNull(column)) {
            return instead;
        }
        return event.isBlank(column) ? "" : clean;
    }

    /** The cell of a column: Long, Double, String, Instant or null. */
    public Object cell(EventColumn column) {
        return switch (column) {
            case EVENT_ID -> eventId;
            case USER_ID -> userId;
            case ITEM_ID -> itemId;
            case EVENT_TYPE -> eventType;
            case CATEGORY -> category;
            case RATING -> rating;
            case SESSION_ID -> sessionId;
            case DEVICE -> device;
            case PAGE -> page;
            case TS -> ts;
            case CREATED_AT -> createdAt;
        };
    }

    /** The row's canonical text over the columns, in the order given; {@link ContentHash} describes it. */
    public String canonicalText(List<EventColumn> columns) {
        return ContentHash.canonicalText(columns.stream().map(this::cell).toArray());
    }
}
