package io.millrace.core.engine;

import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopSignal;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.deduplicate.ClaimTable;
import java.util.List;

/**
 * Everything an engine needs to work off a stage of a run.
 *
 * @param steps of this stage, without keyed steps
 * @param splits not finished yet, in the order of the plan
 * @param claims one table for each deduplicating step, holding what finished pieces claim
 * @param errorRate of the stage so far
 */
public record RunWork(
        String runId,
        Job.Options options,
        StageInput input,
        StepChain steps,
        StageOutput output,
        Lineage lineage,
        Fence fence,
        List<RemainingSplit> splits,
        List<ClaimTable> claims,
        ErrorRate errorRate,
        Ledger ledger,
        Lease lease,
        RunFolder folder,
        RunListener listener,
        StopSignal stop) {}
