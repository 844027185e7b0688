package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sandbox.EmbeddedRedis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Redis holds of users: live, as the stream keeps it, and beside it what a batch run has put there. */
final class ServedUsers {
    private static final EmbeddedRedis SERVER = EmbeddedRedis.builder().start();
    private static final String READ =
            "local all = {} for _, k in ipairs(redis.call('KEYS', ARGV[1])) do all[#all + 1] = {k, redis.call('HGETALL', k)}"
                    + " end return all";
    private static int count;

    private final String prefix;
    private final Map<String, String> seen = new TreeMap<>();

    private ServedUsers(String prefix) {
        this.prefix = prefix;
    }

    static synchronized ServedUsers empty() {
        return new ServedUsers("test" + ++count);
    }

    /** What a features file says to write them. */
    String target(String kind) {
        return "redis: {url: \"" + SERVER.url() + "\", password: \"" + SERVER.password() + "\", key: \"" + prefix + kind
                + ":{user}\"}";
    }

    /** By user, without what says when the values are of. */
    Map<String, Map<String, String>> values(String kind) {
        Map<String, Map<String, String>> values = all(kind);
        values.values().forEach(hash -> {
            hash.remove("_v");
            hash.remove("as_of");
        });
        // Brings the watermark on, and is nobody.
        values.remove("-1");
        return values;
    }

    private Map<String, Map<String, String>> all(String kind) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Object entry : (List<?>) SERVER.ask("EVAL", READ, "0", prefix + kind + ":*")) {
            List<?> pair = (List<?>) entry;
            List<?> fields = (List<?>) pair.get(1);
            Map<String, String> hash = new TreeMap<>();
            for (int i = 0; i < fields.size(); i += 2) {
                hash.put(fields.get(i).toString(), fields.get(i + 1).toString());
            }
            all.put(pair.get(0).toString().substring((prefix + kind + ":").length()), hash);
        }
        return all;
    }

    /** No user's live values may be older than they have been seen before. */
    void requireForward(String kind) {
        all(kind).forEach((user, hash) -> {
            String version = hash.get("_v");
            assertThat(version).as("user %s", user).isGreaterThanOrEqualTo(seen.getOrDefault(user, ""));
            seen.put(user, version);
        });
    }

    /** Forgets what a batch run has put there. */
    void forget(String kind) {
        all(kind).keySet().forEach(user -> SERVER.ask("DEL", prefix + kind + ":" + user));
    }
}
