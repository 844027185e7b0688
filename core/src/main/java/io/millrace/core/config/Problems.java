package io.millrace.core.config;

import io.millrace.api.MillraceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was found wrong so far, so that all of it can be told at once. One thread. */
public final class Problems {
    /** The most problems that one message lists. */
    static final int SHOWN = 50;

    private static final int SHORTEST_HIDDEN_REFERENCE = 4;

    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();

    public void add(Place place, String path, String text) {
        found.add(new Problem(place, path, text));
    }

    /** Adds a message that other code wrote, from which known secrets are removed. */
    public void addForeign(Place place, String path, String text) {
        String clean = text == null ? "is refused" : text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "******");
        }
        add(place, path, clean.replaceAll("\\p{Cntrl}+", " "));
    }

    public void warn(Place place, String path, String text) {
        warnings.add(new Problem(place, path, text));
    }

    /** Remembers a value that no message may show. */
    public void hide(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
        }
    }

    /** Remembers what a reference stood for: not shown either, unless it is too short to tell from ordinary text. */
    void hideReferenced(String value) {
        if (value.length() >= SHORTEST_HIDDEN_REFERENCE) {
            secrets.add(value);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All problems, in the order of their places. */
    public List<Problem> sorted() {
        return sorted(found);
    }

    /** All warnings, in the order of their places. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /** Throws a user error that lists every problem, if there is one. */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw exception();
        }
    }

    /** A user error that lists every problem, one a line. */
    public MillraceException exception() {
        String lines = sorted().stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        int more = found.size() - SHOWN;
        return MillraceException.user(more <= 0 ? lines : lines + "\n… and " + more + " more");
    }

    private static List<Problem> sorted(Set<Problem> problems) {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::place));
        return List.copyOf(sorted);
    }
}
