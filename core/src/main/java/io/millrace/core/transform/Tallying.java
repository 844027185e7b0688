package io.millrace.core.transform;

import io.millrace.api.CheckTally;
import java.util.List;

/** What a bound transform adds that notes what it has seen, for a verdict over the whole run. */
public interface Tallying {
    /** What was seen since the transform was bound, one for each rule. */
    List<CheckTally> tallies();
}
