package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Protocol.Command;

/** Refuses servers that could not be written as promised, before anything is written. */
final class ServerCheck {
    private static final int OLDEST = 6;

    private ServerCheck() {}

    static void of(Session session, RedisServer server) {
        Map<String, String> facts = facts(Session.text(session.ask("asking Redis what it is", Command.INFO)));
        String version = facts.getOrDefault("redis_version", "");
        String major = version.replaceFirst("\\..*", "");
        if (major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST) {
            throw MillraceException.user("Redis at " + server.address() + " is version " + version
                    + "; this connector needs " + OLDEST + " or newer");
        }
        if (facts.getOrDefault("redis_mode", "").equals("cluster")) {
            throw MillraceException.user("Redis at " + server.address() + " cannot be written." + ServerErrors.CLUSTER);
        }
    }

    private static Map<String, String> facts(String info) {
        return Arrays.stream(info.split("\r?\n"))
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
    }
}
