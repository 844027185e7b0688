package io.millrace.core.transform.check;

import java.util.List;

/** A rule about values across all rows of a run, which a claim table answers for. */
sealed interface KeyRule extends Rule permits Unique, Distinct {
    /** The columns of the key. Where one of them is null, the row has none. */
    List<String> key();

    /** Whether the table's first rows of a key are counted, or the later ones. */
    boolean countsFirst();
}
