package io.millrace.engines.spark.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of rows and groups. A sum of those of all tasks, of each task once.
 *
 * @param extracted rows that were read
 * @param filtered rows left out on purpose
 * @param deduplicated rows left out because another one of their key was kept
 * @param rejected rows that some expression has no value for
 * @param groups groups of which each is a row of the output
 * @param groupsFiltered groups left out on purpose
 * @param groupsRejected groups of which some measure has no value
 * @param rejects the first of the rejected rows and groups, as lines of a reject file
 */
public record Tally(
        long extracted,
        long filtered,
        long deduplicated,
        long rejected,
        long groups,
        long groupsFiltered,
        long groupsRejected,
        List<String> rejects)
        implements Serializable {
    /** How many rejects are kept at most; all of them are counted. */
    static final int MOST_REJECTS = 1_000;

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, List.of());

    public Tally {
        rejects = List.copyOf(rejects);
    }

    /** Rows that went into groups. */
    public long loaded() {
        return extracted - filtered - deduplicated - rejected;
    }

    Tally plus(Tally other) {
        List<String> both = new ArrayList<>(rejects);
        other.rejects.stream().limit(MOST_REJECTS - both.size()).forEach(both::add);
        return new Tally(
                extracted + other.extracted,
                filtered + other.filtered,
                deduplicated + other.deduplicated,
                rejected + other.rejected,
                groups + other.groups,
                groupsFiltered + other.groupsFiltered,
                groupsRejected + other.groupsRejected,
                both);
    }
}
