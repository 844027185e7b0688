package io.millrace.core.config;

import java.util.Comparator;

/**
 * Where something is written: a line and column of a file, both counted from 1, or, with line 0, another place that has
 * only a name, such as an option of the command line. Sorts as people read: the file from top to bottom, then the rest.
 *
 * @param source the file as the user typed it, or the other place's name, which may be empty
 */
public record Place(String source, int line, int column) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.<Place>comparingInt(place -> place.line == 0 ? 1 : 0)
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);

    /** A place that has no lines. */
    public static Place named(String source) {
        return new Place(source, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, or the name alone. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
