package io.millrace.app.command;

import io.millrace.sandbox.EmbeddedRedis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The demo's Redis: what the stream keeps there for each user, and what a batch run has put beside it. */
record LiveValues(EmbeddedRedis server) {
    private static final String LIVE = "user:";
    private static final String BATCH = "batch:";
    /** Which version, and as of when: a stream's values stay as they are while they do not change. */
    private static final List<String> WHEN = List.of("_v", "as_of");

    /** How many users have values. */
    int users() {
        return keys(LIVE).size();
    }

    /** One user's values, as a reader gets them. */
    Map<String, String> of(String user) {
        return hash(LIVE + user);
    }

    /** A user that something is known of. */
    String anyone() {
        List<?> keys = keys(LIVE);
        return keys.isEmpty() ? "" : keys.get(0).toString().substring(LIVE.length());
    }

    /** How many users a batch run has values of, and how many of these differ from the stream's. */
    Difference compare() {
        int different = 0;
        List<?> keys = keys(BATCH);
        for (Object key : keys) {
            Map<String, String> batch = hash(key.toString());
            Map<String, String> live = of(key.toString().substring(BATCH.length()));
            WHEN.forEach(batch::remove);
            WHEN.forEach(live::remove);
            different += batch.equals(live) ? 0 : 1;
        }
        return new Difference(keys.size(), different);
    }

    /** What a comparison has found. */
    record Difference(int users, int different) {
        boolean none() {
            return users > 0 && different == 0;
        }
    }

    private List<?> keys(String prefix) {
        return (List<?>) server.ask("KEYS", prefix + "*");
    }

    private Map<String, String> hash(String key) {
        List<?> pairs = (List<?>) server.ask("HGETALL", key);
        Map<String, String> hash = new TreeMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            hash.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
        }
        return hash;
    }
}
