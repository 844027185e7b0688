package io.millrace.connectors.redis;

import io.millrace.sandbox.EmbeddedRedis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server that most tests share, and what an ordinary client reads from one. */
final class Servers {
    private static final EmbeddedRedis SHARED = EmbeddedRedis.builder().start();

    private static final String READ_HASHES = "local all = {} for _, k in ipairs(redis.call('KEYS', ARGV[1])) do"
            + " all[#all + 1] = {k, redis.call('HGETALL', k)} end return all";

    private Servers() {}

    /** The shared server, emptied. */
    static EmbeddedRedis empty() {
        SHARED.ask("FLUSHALL");
        return SHARED;
    }

    static List<String> keys(EmbeddedRedis server, String pattern) {
        return ((List<?>) server.ask("KEYS", pattern))
                .stream().map(String.class::cast).sorted().toList();
    }

    /** All hashes under keys of the pattern. */
    static Map<String, Map<String, String>> hashes(EmbeddedRedis server, String pattern) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Object entry : (List<?>) server.ask("EVAL", READ_HASHES, "0", pattern)) {
            List<?> pair = (List<?>) entry;
            all.put((String) pair.get(0), hash((List<?>) pair.get(1)));
        }
        return all;
    }

    static Map<String, String> hash(EmbeddedRedis server, String key) {
        return hash((List<?>) server.ask("HGETALL", key));
    }

    private static Map<String, String> hash(List<?> pairs) {
        Map<String, String> hash = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            hash.put((String) pairs.get(i), (String) pairs.get(i + 1));
        }
        return hash;
    }
}
