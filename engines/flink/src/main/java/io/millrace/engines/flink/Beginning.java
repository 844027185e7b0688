package io.millrace.engines.flink;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A stream with everything at hand to start its job.
 *
 * @param from the checkpoint to go on from
 * @param owned true where the checkpoint is the stream's own, and may be removed when newer ones are there
 */
record Beginning(StreamParts parts, Optional<Path> from, boolean owned) {}
