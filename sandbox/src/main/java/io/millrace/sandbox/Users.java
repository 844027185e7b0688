package io.millrace.sandbox;

import java.io.IOException;
import java.sql.SQLException;

/** The users table: one clean row for every id that events name. */
final class Users {
    static final String COLUMNS =
            "id bigint PRIMARY KEY, country text, signup_date date NOT NULL, age integer," + " segment text NOT NULL";

    private static final String[] COUNTRIES = {"CN", "CN", "CN", "US", "DE", "JP", "BR", "IN", "FR", "GB"};
    private static final String[] SEGMENTS = {"new", "casual", "regular", "loyal"};

    private Users() {}

    static void write(CopySink sink, long seed, int count) throws IOException, SQLException {
        RandomNumbers random = new RandomNumbers(RandomNumbers.mix(seed ^ 0x75736572));
        EventTime time = new EventTime();
        CopyText text = new CopyText();
        for (int id = 1; id <= count; id++) {
            text.number(id);
            text.tab();
            optional(text, random, 0.03, COUNTRIES[random.nextInt(COUNTRIES.length)]);
            long signup = EventSequence.START - random.nextInt(3 * 365) * 86_400L;
            text.plain(time.text(signup));
            text.tab();
            optional(text, random, 0.2, Integer.toString(16 + random.nextInt(60)));
            text.plain(SEGMENTS[random.nextInt(SEGMENTS.length)]);
            text.tab();
            text.endRow();
            if (text.length() >= CopySink.CHUNK || id == count) {
                sink.write(text.bytes(), text.length());
                text.clear();
            }
        }
    }

    private static void optional(CopyText text, RandomNumbers random, double nulls, String value) {
        if (random.chance(nulls)) {
            text.nullCell();
        } else {
            text.plain(value);
        }
        text.tab();
    }
}
