package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.app.Signals;
import io.millrace.core.fit.DriftReport;
import io.millrace.core.fit.Fit;
import io.millrace.core.fit.FitResult;
import io.millrace.core.run.Job;
import io.millrace.core.run.StopSignal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace fit}. */
@Command(
        name = "fit",
        description =
                "Learn the parameters of normalize from the source, into the fit files that the pipeline names. The"
                        + " target is not touched.",
        footer = {
            "",
            "Fit files that exist are kept, unless --refit asks to learn them again.",
            "",
            "Examples:",
            "  millrace fit features.yaml --start 2026-01-01 --end 2026-02-01",
            "  millrace fit features.yaml --compare        has the data drifted since?",
            "  millrace fit features.yaml --check          the same, with exit code 1 where it has"
        })
public final class FitCommand implements Callable<Integer>, Reported {
    private static final int DRIFTED = 1;

    @Mixin
    private PipelineOptions pipeline;

    @Option(names = "--refit", description = "Learn fit files that exist again, and replace them.")
    private boolean refit;

    @Option(
            names = "--compare",
            description = "Write nothing; show how today's data differs from what the fit files were learned from.")
    private boolean compare;

    @Option(names = "--check", description = "Compare, and exit with 1 where a column has drifted.")
    private boolean check;

    @Option(
            names = "--max-psi",
            paramLabel = "X",
            defaultValue = "0.2",
            description = "From which population stability index on a column has drifted (default: ${DEFAULT-VALUE}).")
    private double maxPsi;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    private volatile int stoppedBy = ErrorKind.STOPPED.exitCode();

    @Override
    public Integer call() {
        if (refit && (compare || check)) {
            throw MillraceException.user("--refit replaces what --compare and --check look at; give one of them");
        }
        if (!(maxPsi >= 0)) {
            throw MillraceException.user("--max-psi " + maxPsi + " must be 0 or more; 0.2 is usual");
        }
        Job job = pipeline.jobToFit();
        StopSignal stop = new StopSignal();
        Signals.handle((exitCode, times) -> {
            if (times > 1) {
                Runtime.getRuntime().halt(exitCode);
            }
            stoppedBy = exitCode;
            System.err.println("\nstopping at the next batch; once more to stop at once");
            stop.request(new MillraceException(ErrorKind.STOPPED, "stopped on request; no fit file was written"));
        });
        Fit fit = new Fit(job, pipeline.directory(), pipeline.window(), Version.NUMBER, progress::listener, stop);
        try {
            return compare || check ? compare(job, fit) : learn(job, fit);
        } catch (MillraceException stopped) {
            if (stopped.kind() != ErrorKind.STOPPED) {
                throw stopped;
            }
            System.err.println("error: " + stopped.getMessage());
            return stoppedBy;
        }
    }

    private int learn(Job job, Fit fit) {
        FitResult result = fit.learn(refit);
        FitText.print(result, System.err);
        if (output.json()) {
            output.print(FitJson.of(job.pipeline(), result));
        }
        return 0;
    }

    private int compare(Job job, Fit fit) {
        DriftReport report = fit.compare();
        FitText.print(report, maxPsi, System.err);
        if (output.json()) {
            output.print(FitJson.of(job.pipeline(), report, maxPsi));
        }
        return check && !report.above(maxPsi).isEmpty() ? DRIFTED : 0;
    }
}
