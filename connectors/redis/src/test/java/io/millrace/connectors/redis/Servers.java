package io.millrace.connectors.redis;

import io.millrace.sandbox.EmbeddedRedis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server that most tests share, and what an ordinary client reads from one. */
final class Servers {
    private static final EmbeddedRedis SHARED = EmbeddedRedis.builder().start();

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
        keys(server, pattern).forEach(key -> all.put(key, hash(server, key)));
        return all;
    }

    static Map<String, String> hash(EmbeddedRedis server, String key) {
        List<?> pairs = (List<?>) server.ask("HGETALL", key);
        Map<String, String> hash = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            hash.put((String) pairs.get(i), (String) pairs.get(i + 1));
        }
        return hash;
    }
}
