package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.app.doctor.Check;
import io.millrace.app.doctor.MachineChecks;
import io.millrace.app.doctor.PipelineChecks;
import io.millrace.app.doctor.StateChecks;
import io.millrace.core.config.Environment;
import io.millrace.core.run.Job;
import io.millrace.features.FeaturesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace doctor}. */
@Command(
        name = "doctor",
        description = "Check this machine, the state of runs and, of pipeline files, the servers: Java, memory, disk,"
                + " permissions; whether source and target can be reached and agree. Writes nothing.",
        footer = {
            "",
            "Exit code 1 where something does not work, 2 where a file is wrong.",
            "",
            "Examples:",
            "  millrace doctor",
            "  millrace doctor pipelines/*.yaml --state postgresql://db.example.com/millrace"
        })
public final class DoctorCommand implements Callable<Integer>, Reported {
    /** Stands for the window that a file may refer to. */
    private static final Optional<TimeWindow> SAMPLE =
            TimeWindow.between(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)));

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Pipeline and features files whose servers to check.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private PluginOption plugins;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        List<Check> checks = new ArrayList<>(MachineChecks.all());
        Path directory = files.isEmpty()
                ? StateOption.here()
                : StateOption.here().resolve(files.get(0)).normalize().getParent();
        checks.addAll(StateChecks.all(state.place(directory)));
        for (Path file : files) {
            checks.addAll(pipeline(file));
        }
        if (output.json()) {
            output.print(json(checks));
        } else {
            checks.forEach(DoctorCommand::print);
        }
        return exitCode(checks);
    }

    private List<Check> pipeline(Path file) {
        return PipelineChecks.all(file.toString(), () -> job(file));
    }

    private Job job(Path file) {
        if (!FeaturesFile.is(file, Environment.ofProcess())) {
            return PipelineOptions.job(file, List.of(), SAMPLE, plugins);
        }
        return FeatureOptions.sample(file, List.of(), SAMPLE, plugins)
                .orElseThrow(() -> MillraceException.user(
                        file + " declares a view for streams only; its servers are checked when the stream starts"));
    }

    private static int exitCode(List<Check> checks) {
        boolean wrong = checks.stream().anyMatch(check -> check.failure().equals(Optional.of(ErrorKind.USER)));
        boolean failed = checks.stream().anyMatch(check -> check.failure().isPresent());
        return wrong ? ErrorKind.USER.exitCode() : failed ? 1 : 0;
    }

    private static void print(Check check) {
        String sign =
                switch (check.verdict()) {
                    case OK -> "ok     ";
                    case WARNING -> "warning";
                    case FAILED -> "FAILED ";
                };
        String[] lines = check.found().split("\n");
        System.out.println(sign + "  " + check.name() + ": " + lines[0]);
        for (int i = 1; i < lines.length; i++) {
            System.out.println("         " + lines[i]);
        }
    }

    private static ObjectNode json(List<Check> checks) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode list = json.putArray("checks");
        for (Check check : checks) {
            list.addObject()
                    .put("name", check.name())
                    .put("verdict", check.verdict().name().toLowerCase(Locale.ROOT))
                    .put("found", check.found());
        }
        return json.put(
                "healthy", checks.stream().noneMatch(check -> check.failure().isPresent()));
    }
}
