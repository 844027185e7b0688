package io.millrace.core.lineage;

import java.util.Comparator;

/** A column that others come from. */
public sealed interface Origin extends Comparable<Origin> {
    String column();

    /** A column of what comes in: of a step's input or, of a whole pipeline, of its source. */
    record Input(String column) implements Origin {
        @Override
        public String toString() {
            return column;
        }
    }

    /**
     * A column of a table that a step looks up in.
     *
     * @param lookup the look-up's name: the step's label, with a number where it has several
     * @param pinned true where all rows of a run see the table as it was at one time
     */
    record LookedUp(String lookup, String connector, String column, boolean pinned) implements Origin {
        @Override
        public String toString() {
            return column + " of " + connector + " (" + lookup + ")";
        }
    }

    @Override
    default int compareTo(Origin other) {
        return Comparator.comparing((Origin origin) -> origin instanceof Input ? 0 : 1)
                .thenComparing(origin -> origin instanceof LookedUp looked ? looked.lookup() : "")
                .thenComparing(Origin::column)
                .compare(this, other);
    }
}
