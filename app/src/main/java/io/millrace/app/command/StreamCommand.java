package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.app.Signals;
import io.millrace.app.console.StreamText;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Problem;
import io.millrace.core.pipeline.LoadedPipeline;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamEngine;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import io.millrace.features.FeaturesFile;
import io.millrace.features.stream.FeatureStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace stream}. */
@Command(
        name = "stream",
        description =
                "Run a pipeline, or compute a feature view, without end, from a topic of Kafka, on Flink within this process. A signal stops it with"
                        + " a savepoint; the next start goes on there, and after a crash at the last checkpoint.",
        footer = {
            "",
            "Examples:",
            "  millrace stream clicks.yaml",
            "  millrace stream user_features.yaml          a features file: values in Redis, as they change",
            "  millrace stream clicks.yaml --set stream.checkpoint=30s",
            "  millrace stream clicks.yaml --restart       begin anew: everything is read again"
        })
public final class StreamCommand implements Callable<Integer>, Reported {
    @Parameters(paramLabel = "FILE", description = "The pipeline file, or a features file (YAML).")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change any key of the file, for instance --set run.parallelism=4. May be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--parallelism", paramLabel = "N", description = "How many partitions are worked on at once.")
    private Integer parallelism;

    @ArgGroup
    private Begin begin = new Begin();

    @Option(
            names = "--changed",
            description = "Go on although the pipeline is another one than when the stream was stopped.")
    private boolean changed;

    @Mixin
    private PluginOption plugins;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOptions output;

    private volatile int stoppedBy = ErrorKind.STOPPED.exitCode();

    private static final class Begin {
        @Option(
                names = "--restart",
                description =
                        "Begin anew, forgetting all checkpoints: what the target has of this stream may come again.")
        private boolean restart;

        @Option(
                names = "--from",
                paramLabel = "FOLDER",
                description = "Go on from this savepoint or checkpoint instead of the latest one.")
        private String from;
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        StreamEngine engine = engine();
        StreamJob job = job();
        StopSignal stop = new StopSignal();
        Signals.handle((exitCode, times) -> {
            if (times > 1) {
                Runtime.getRuntime().halt(exitCode);
            }
            stoppedBy = exitCode;
            System.err.println("\nstopping with a savepoint; once more to stop at once");
            stop.request();
        });
        StreamStart start = new StreamStart(begin.restart, changed, Optional.ofNullable(begin.from));
        StreamStatus ended = engine.run(job, start, stop, new StreamText(System.err));
        StreamText.print(ended, System.err);
        if (output.json()) {
            output.print(StreamStatusJson.of(ended));
        }
        return switch (ended.state()) {
            case STOPPED, RUNNING, LOST -> stoppedBy;
            case FAILED -> ended.failure().orElseThrow().kind().exitCode();
        };
    }

    /** Flink's; a user error where it is not on the class path. */
    static StreamEngine engine() {
        return ServiceLoader.load(StreamEngine.class)
                .findFirst()
                .orElseThrow(() -> MillraceException.user(
                        "Flink is not on this process's class path; start streams by the launcher, ./millrace"));
    }

    private StreamJob job() {
        Path directory = file.toAbsolutePath().normalize().getParent();
        List<String> overrides = new ArrayList<>(sets);
        if (parallelism != null) {
            overrides.add("run.parallelism=" + parallelism);
        }
        Path states = state.place(directory).folder();
        if (FeaturesFile.is(file, Environment.ofProcess())) {
            return FeatureStreams.of(
                    FeatureOptions.load(file, overrides, Optional.empty(), plugins)
                            .features()
                            .definition(),
                    overrides,
                    states);
        }
        LoadedPipeline loaded = PipelineFile.load(
                file, overrides, Optional.empty(), Environment.ofProcess(), plugins.catalog(directory));
        for (Problem warning : loaded.warnings()) {
            System.err.println("warning: " + warning);
        }
        return StreamJob.of(loaded.definition(), overrides, states);
    }
}
