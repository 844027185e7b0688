package io.millrace.api;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * How a source is going to be read.
 *
 * @param splits lazy; each is stored by the engine before it is opened
 * @param pin the source position that bounds all splits from above (a snapshot horizon, offsets, a digest of an object
 *     list), in the connector's own text; stored before the first split is opened, given to {@link Extractor#check} later
 * @param nextPosition where the next increment begins, if the source can tell
 * @param warnings what a user should know, one sentence each
 */
public record Plan(
        Iterator<Split> splits,
        Repeatability repeatability,
        String pin,
        Optional<String> nextPosition,
        List<String> warnings) {}
