package io.millrace.core.transform.normalize;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import java.util.Map;
import java.util.Optional;

/** What is done to the values of one column, of which there is one record for each kind. */
public sealed interface Rule permits MinMax, CenteredRule, Log1p, Scale, Clip, Bucket, HotRule, Index, Hash, Text {
    /** The key in the pipeline file. */
    String kind();

    /** The parameters that the pipeline file holds; empty where a fit file has them. */
    Optional<Learned> given();

    /** The fit file that has the parameters, as the pipeline file names it; empty where they are given. */
    default Optional<String> fit() {
        return Optional.empty();
    }

    /** The settings that decide what is learned, as text: a file learned with others does not fit. */
    default Map<String, String> learnedWith() {
        return Map.of();
    }

    /** Learns parameters from columns of this type; a user error where it cannot. */
    default Learner learner(DataType type) {
        throw new IllegalStateException(kind() + " learns nothing");
    }

    /** The parameters; a user error where the learner has seen no value. */
    default Learned learn(Learner learner) {
        throw new IllegalStateException(kind() + " learns nothing");
    }

    /**
     * The rule for one column and one thread. A user error where the column's type or the parameters do not allow it.
     *
     * @param name of the output, or what the names of several begin with
     */
    Kernel kernel(Field input, String name, Learned parameters);
}
