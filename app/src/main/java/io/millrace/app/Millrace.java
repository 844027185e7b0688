package io.millrace.app;

import io.millrace.api.Suggestion;
import io.millrace.app.command.CompletionCommand;
import io.millrace.app.command.DagCommand;
import io.millrace.app.command.DemoCommand;
import io.millrace.app.command.DoctorCommand;
import io.millrace.app.command.ExplainCommand;
import io.millrace.app.command.FailureHandler;
import io.millrace.app.command.FeaturesCommand;
import io.millrace.app.command.FitCommand;
import io.millrace.app.command.InitCommand;
import io.millrace.app.command.PlanCommand;
import io.millrace.app.command.PluginsCommand;
import io.millrace.app.command.Preloading;
import io.millrace.app.command.PreviewCommand;
import io.millrace.app.command.RejectsCommand;
import io.millrace.app.command.ResumeCommand;
import io.millrace.app.command.RunCommand;
import io.millrace.app.command.RunsCommand;
import io.millrace.app.command.SchemaCommand;
import io.millrace.app.command.StatusCommand;
import io.millrace.app.command.StreamCommand;
import io.millrace.app.command.UiCommand;
import io.millrace.app.command.ValidateCommand;
import io.millrace.app.command.VariableDefaults;
import io.millrace.app.command.VerifyCommand;
import io.millrace.app.command.Version;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point: {@code millrace COMMAND …}. */
@Command(
        name = "millrace",
        version = "millrace " + Version.NUMBER,
        mixinStandardHelpOptions = true,
        description =
                "Moves events, users and items into what recommenders read: exactly once, at the speed of the source.",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            DoctorCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            StreamCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            PreviewCommand.class,
            FitCommand.class,
            FeaturesCommand.class,
            RunsCommand.class,
            StatusCommand.class,
            RejectsCommand.class,
            UiCommand.class,
            VerifyCommand.class,
            DagCommand.class,
            SchemaCommand.class,
            PluginsCommand.class,
            ExplainCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Start here:   millrace demo",
            "Your own:     millrace init postgresql://HOST/DATABASE --table NAME",
            "Then:         millrace validate FILE, millrace preview FILE, millrace run FILE",
            "",
            "Exit codes: 0 done, 1 the run failed, 2 the command or the file is wrong and nothing was touched,",
            "3 too many rejects or a failed check, 4 another run is under way, 130 and 143 stopped by a signal and resumable."
        })
public final class Millrace implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        SparkProcess.startedWith(arguments);
        Preloading.begin(arguments);
        System.exit(execute(System.getenv(), arguments));
    }

    /** Runs a command with these environment variables; returns its exit code. */
    static int execute(Map<String, String> variables, String... arguments) {
        return called(arguments)
                .map(Millrace::only)
                .map(line -> configured(line, variables))
                .orElseGet(() -> commandLine(variables))
                .execute(arguments);
    }

    static CommandLine commandLine(Map<String, String> variables) {
        return configured(new CommandLine(new Millrace()), variables);
    }

    /** The command that the first argument names, unless it is one that has to know all others. */
    static Optional<Class<?>> called(String... arguments) {
        Stream<Class<?>> commands =
                Stream.of(Millrace.class.getAnnotation(Command.class).subcommands());
        return commands.filter(command -> arguments.length > 0
                        && command != CompletionCommand.class
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .findFirst();
    }

    /**
     * A command line that knows one command. What a command understands is found out by reflection, which takes longer than
     * starting the JVM where it is done for all of them.
     */
    static CommandLine only(Class<?> command) {
        return new CommandLine(CommandSpec.wrapWithoutInspection(new Millrace()).name("millrace"))
                .addSubcommand(command);
    }

    private static CommandLine configured(CommandLine line, Map<String, String> variables) {
        return line.setDefaultValueProvider(new VariableDefaults(variables))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(new FailureHandler())
                .setParameterExceptionHandler(Millrace::wrongUsage);
    }

    private static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("error: " + wrong.getMessage());
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            suggestCommand(command, unmatched.getUnmatched().get(0));
        } else if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            command.getErr().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static void suggestCommand(CommandLine command, String mistyped) {
        Set<String> known = command.getSubcommands().keySet();
        command.getErr()
                .println(Suggestion.nearest(mistyped, known)
                        .map(nearest ->
                                "did you mean: " + command.getCommandSpec().qualifiedName() + " " + nearest)
                        .orElse("see: " + command.getCommandSpec().qualifiedName() + " --help"));
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
