package io.millrace.core.expression.function;

import java.util.LinkedHashMap;
import java.util.Map;

/** The user agents seen last: reading one anew takes some hundred regular expressions. One thread. */
final class UserAgentCache {
    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, UserAgent> known = new LinkedHashMap<>(1 << 8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UserAgent> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    UserAgent get(String text) {
        return known.computeIfAbsent(UserAgent.shortened(text), UserAgent::of);
    }
}
