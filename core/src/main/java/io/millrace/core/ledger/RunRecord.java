package io.millrace.core.ledger;

import io.millrace.api.Repeatability;
import io.millrace.api.WriteMode;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.DefinitionFingerprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as the ledger holds it.
 *
 * @param id letters, digits and '-'; sorts by start time
 * @param file the pipeline file, if it came from one
 * @param overrides the {@code --set} edits it was started with
 * @param rejects where rejected rows go, if not into the state folder
 * @param seed of the run's fingerprints
 * @param position of an increment, where the previous one had ended; empty: it takes everything. Of a finished one only
 *     whether there was one
 * @param pin of the plan; empty until the plan is stored as a whole
 * @param ended when the last attempt ended
 * @param error of the last attempt
 */
public record RunRecord(
        String id,
        RunKey key,
        RunState state,
        DefinitionFingerprint definition,
        Optional<Path> file,
        List<String> overrides,
        WriteMode mode,
        String source,
        String target,
        Optional<Path> rejects,
        long seed,
        Optional<String> position,
        Optional<Pin> pin,
        Instant started,
        Optional<Instant> ended,
        Optional<String> error) {
    /**
     * What the source promised when the run was planned.
     *
     * @param text the connector's own, see {@link io.millrace.api.Plan#pin}
     * @param nextPosition of an increment, where the next one begins once this one is done
     * @param schema of the rows that the target gets
     */
    public record Pin(String text, Repeatability repeatability, Optional<String> nextPosition, Schema schema) {}
}
