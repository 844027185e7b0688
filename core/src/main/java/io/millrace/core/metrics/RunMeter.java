package io.millrace.core.metrics;

import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Hears how runs end and adds them to the sums of their pipelines. A run never fails by it: where the sums cannot be kept,
 * they stay as they were.
 */
public final class RunMeter implements RunListener {
    private static final String FAILED = "failed";

    private final Ledger ledger;
    private final MeterFile file;

    /** @param ledger of the runs, open as long as this is told of them */
    public RunMeter(Ledger ledger, Path stateFolder) {
        this.ledger = ledger;
        this.file = new MeterFile(stateFolder);
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Ended ended) {
            try {
                add(ended.report());
            } catch (IOException | RuntimeException givenUp) {
                // Monitoring is told less then; the run has ended as it has.
            }
        }
    }

    private void add(RunReport report) throws IOException {
        String pipeline = report.key().pipeline();
        String status = report.status().name().toLowerCase(Locale.ROOT);
        double seconds = report.duration().toNanos() / 1e9;
        if (report.status() == RunReport.Status.ALREADY_DONE) {
            // Its rows were counted when it was done.
            file.change(meter -> new Meter(
                    Meter.VERSION,
                    meter.with(pipeline, meter.of(pipeline).ended(status, seconds, 0)),
                    meter.counted()));
            return;
        }
        boolean success = report.status() == RunReport.Status.SUCCESS;
        RunRecord run = ledger.run(report.run()).orElseThrow();
        RunTotals reached = RunTotals.of(ledger.counts(report.run()), ledger.steps(report.run()), success);
        DefinitionFingerprint definition = run.definition();
        file.change(meter -> meter.with(
                pipeline,
                meter.of(pipeline)
                        .between(
                                definition.connector("extract", "events.batch").orElse("other"),
                                definition.connector("load", "load.batch").orElse("other"))
                        .ended(status, seconds, success ? report.ended().toEpochMilli() : 0),
                report.run(),
                reached,
                success));
    }

    /** A run could not begin: its source or target cannot be reached, or the pipeline is wrong. */
    public void couldNotBegin(String pipeline) {
        try {
            file.change(meter -> new Meter(
                    Meter.VERSION, meter.with(pipeline, meter.of(pipeline).ended(FAILED, 0, 0)), meter.counted()));
        } catch (IOException | RuntimeException givenUp) {
            // As above.
        }
    }
}
