package io.millrace.sandbox;

/**
 * Draws the events one after the other: visits of several users run side by side, each going from view to click to like
 * or purchase, on a clock that moves 0 to 6 seconds between events. What it draws for n rows are the first n of any
 * greater number. Not thread-safe.
 */
final class EventSequence {
    /** Midnight of 1 March 2024 in Shanghai, in seconds since 1970. */
    static final long START = 1_709_222_400L;

    private static final int VISITS = 24;
    private static final double VISIT_ENDS = 0.12;
    private static final double[] RATED = {0.04, 0.08, 0.4, 0.7};
    private static final EventColumn[] BLANKABLE = {EventColumn.CATEGORY, EventColumn.DEVICE, EventColumn.PAGE};

    private final RandomNumbers random;
    private final Popularity users;
    private final Popularity items;
    private final Catalog catalog;
    private final Dirt dirt;
    private final double[] nullShares;
    private final Remembered remembered;
    private final Event[] visits = new Event[VISITS];
    private long second = START;
    private long nextId = 1_000_001;

    EventSequence(long seed, Dirt dirt, Catalog catalog, Popularity users, Popularity items) {
        this.random = new RandomNumbers(RandomNumbers.mix(seed));
        this.dirt = dirt;
        this.nullShares = dirt.nullShares();
        this.catalog = catalog;
        this.users = users;
        this.items = items;
        this.remembered = new Remembered();
        for (int i = 0; i < VISITS; i++) {
            visits[i] = new Event();
            begin(visits[i]);
        }
    }

    /** Draws the next event into the given one. */
    void next(Event event) {
        if (random.chance(dirt.duplicates()) && remembered.any()) {
            remembered.pick(event, random);
            event.duplicate = true;
            return;
        }
        Event visit = visits[random.nextInt(VISITS)];
        step(visit);
        event.copyFrom(visit);
        event.duplicate = false;
        event.eventId = nextId++;
        second += random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(6);
        event.second = second;
        event.delayMicros = random.nextInt(2_000_000);
        event.rating = random.chance(RATED[event.type]) ? tenths() : Event.NONE;
        soil(event);
        remembered.offer(event, random);
    }

    /** Mostly good, as ratings are: the better of two draws. */
    private int tenths() {
        return Math.max(random.nextInt(51), random.nextInt(51));
    }

    private void begin(Event visit) {
        visit.user = users.next(random);
        visit.session = random.nextLong();
        visit.device = Math.min(random.nextInt(Catalog.DEVICES.length), random.nextInt(Catalog.DEVICES.length));
        visit.type = Event.NONE;
    }

    private void step(Event visit) {
        if (visit.type != Event.NONE && random.chance(VISIT_ENDS)) {
            begin(visit);
        }
        double fate = random.nextDouble();
        int type = visit.type;
        if (type == 0 && fate < 0.4) {
            visit.type = 1;
        } else if (type == 1 && fate < 0.2) {
            visit.type = 2;
        } else if ((type == 1 || type == 2) && fate < 0.35) {
            visit.type = 3;
        } else {
            visit.type = 0;
            visit.item = items.next(random);
            visit.category = catalog.category(visit.item);
        }
    }

    private void soil(Event event) {
        event.dirtSeed = random.nextLong();
        event.nulls = 0;
        for (int column = 1; column < nullShares.length; column++) {
            if (nullShares[column] > 0 && random.chance(nullShares[column])) {
                event.nulls |= 1 << column;
            }
        }
        event.blanks = 0;
        for (EventColumn column : BLANKABLE) {
            if (random.chance(dirt.blank()) && !event.isNull(column)) {
                event.blanks |= column.bit();
            }
        }
        event.malformedDate = Event.NONE;
        if (random.chance(dirt.malformedDates())) {
            event.malformedDate = random.nextInt(Faults.DATES.length);
            event.nulls &= ~EventColumn.TS.bit();
        }
        event.outOfRangeRating = Event.NONE;
        if (random.chance(dirt.outOfRangeRatings())) {
            event.outOfRangeRating = random.nextInt(Faults.RATINGS.length);
            event.nulls &= ~EventColumn.RATING.bit();
        }
    }
}
