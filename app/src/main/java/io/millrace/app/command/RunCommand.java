package io.millrace.app.command;

import io.millrace.core.coordinator.Rerun;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace run}. */
@Command(
        name = "run",
        description = "Run a pipeline: extract, transform, load. Running the same again finishes what was interrupted,"
                + " and never doubles what was finished.",
        footer = {
            "",
            "Examples:",
            "  millrace run clean.yaml",
            "  millrace run clean.yaml --start 2026-01-01 --end 2026-01-02",
            "  millrace run clean.yaml --set load.parquet.mode=overwrite --json",
            "  millrace run clean.yaml --engine spark --master spark://spark.example.com:7077"
        })
public final class RunCommand implements Callable<Integer>, Reported {
    @Mixin
    private PipelineOptions pipeline;

    @Mixin
    private StateOption state;

    @Mixin
    private ScheduleOption schedule;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private OutputOptions output;

    @ArgGroup
    private Repeat repeat = new Repeat();

    @Option(names = "--skip-empty", description = "Exit with 99 where there was nothing to do.")
    private boolean skipEmpty;

    @Option(
            names = "--full",
            description = "Of a pipeline that is incremental: begin anew, with all rows. With append also --again.")
    private boolean full;

    private static final class Repeat {
        @Option(names = "--restart", description = "Drop what an unfinished run has staged, and begin anew.")
        private boolean restart;

        @Option(
                names = "--again",
                description = "Append a finished window once more, or take the next increment with a changed pipeline,"
                        + " knowingly.")
        private boolean again;
    }

    private Rerun rerun() {
        return new Rerun(repeat.restart, repeat.again, full);
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        return new JobRun(output, progress, skipEmpty, schedule.scheduledBy())
                .run(pipeline.prepared(), pipeline.window(), rerun(), state.place(pipeline.directory()));
    }
}
