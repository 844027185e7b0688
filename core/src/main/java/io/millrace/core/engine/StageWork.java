package io.millrace.core.engine;

import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopCheck;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.deduplicate.ClaimTable;
import java.util.List;

/**
 * Everything that attempts at pieces of a stage need of their run, in whatever process. Thread-safe.
 *
 * @param steps of this stage, without keyed steps
 * @param claims one table for each deduplicating step, holding what finished pieces claim; none where the engine brings the
 *     rows that such steps compare together
 * @param errorRate of the stage so far
 * @param folder where claims and rejected rows are written
 */
public record StageWork(
        String runId,
        Job.Options options,
        StageInput input,
        StepChain steps,
        StageOutput output,
        Lineage lineage,
        Fence fence,
        List<ClaimTable> claims,
        ErrorRate errorRate,
        PieceRecorder recorder,
        RunFolder folder,
        RunListener listener,
        StopCheck stop) {}
