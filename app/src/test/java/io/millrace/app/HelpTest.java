package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    static Stream<String> commands() {
        return new CommandLine(new Millrace()).getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTeachesOnOneScreenWithAnExample(String command) {
        StringWriter shown = new StringWriter();
        int exitCode = Millrace.commandLine(Map.of())
                .setUsageHelpWidth(100)
                .setOut(new PrintWriter(shown, true))
                .execute(command, "--help");
        assertThat(exitCode).isZero();
        assertThat(shown.toString()).contains("Example").contains("  millrace " + command);
        assertThat(shown.toString().lines()).hasSizeLessThanOrEqualTo(40);
        assertThat(shown.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandAloneIsTheOneAmongAll(String command) {
        CommandLine among = new CommandLine(new Millrace()).getSubcommands().get(command);
        CommandLine alone =
                Millrace.only(among.getCommand().getClass()).getSubcommands().get(command);
        assertThat(alone.getUsageMessage()).isEqualTo(among.getUsageMessage());
    }

    @Test
    void completionKnowsAllCommands() {
        assertThat(Millrace.called("run", "x.yaml")).isPresent();
        assertThat(Millrace.called("completion", "bash")).isEmpty();
        assertThat(Millrace.called("runn")).isEmpty();
        assertThat(Millrace.called()).isEmpty();
    }

    @Test
    void aMistypedCommandNamesTheNearest() {
        StringWriter complaint = new StringWriter();
        int exitCode = Millrace.commandLine(Map.of())
                .setErr(new PrintWriter(complaint, true))
                .execute("previw");
        assertThat(exitCode).isEqualTo(2);
        assertThat(complaint.toString()).contains("previw").contains("preview");
    }

    @Test
    void aMistypedOptionNamesTheNearest() {
        StringWriter complaint = new StringWriter();
        int exitCode = Millrace.commandLine(Map.of())
                .setErr(new PrintWriter(complaint, true))
                .execute("run", "x.yaml", "--paralelism=4");
        assertThat(exitCode).isEqualTo(2);
        assertThat(complaint.toString()).contains("--parallelism");
    }

    @Test
    void optionsComeFromTheEnvironmentToo() {
        CommandLine command = Millrace.commandLine(Map.of("MILLRACE_STATE", "/somewhere", "MILLRACE_LIMIT", "3"));
        CommandLine.ParseResult parsed = command.parseArgs("runs").subcommand();
        assertThat(parsed.commandSpec().findOption("--state").<String>getValue())
                .isEqualTo("/somewhere");
        assertThat(parsed.commandSpec().findOption("--limit").<Integer>getValue())
                .isEqualTo(3);
        assertThat(command.parseArgs("runs", "--limit", "7")
                        .subcommand()
                        .commandSpec()
                        .findOption("--limit")
                        .<Integer>getValue())
                .isEqualTo(7);
    }

    @Test
    void anEmptyVariableIsNone() {
        CommandLine.ParseResult parsed = Millrace.commandLine(Map.of("MILLRACE_START", "", "MILLRACE_SKIP_EMPTY", ""))
                .parseArgs("run", "x.yaml")
                .subcommand();
        assertThat(parsed.commandSpec().findOption("--start").<String>getValue())
                .isNull();
        assertThat(parsed.commandSpec().findOption("--skip-empty").<Boolean>getValue())
                .isFalse();
    }
}
