package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Millrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Commands that pages show exist, with the options that are shown. They are parsed, not run. */
class CommandsInPagesTest {
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?millrace ([a-z]+)[^`]*`");

    @Test
    void everyCommandOfAConsoleBlockParses() {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (FencedBlock block : FencedBlock.everywhere()) {
            if (block.language().equals("console")) {
                for (List<String> command : ShellText.commands(block.lines())) {
                    if (isMillrace(command)) {
                        checked++;
                        parse(block, command.subList(1, command.size()), wrong);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(10);
    }

    @Test
    void everyCommandNamedInTextExists() {
        List<String> unknown = new ArrayList<>();
        for (Path page : Documents.pages()) {
            int line = 0;
            for (String text : Documents.read(page).lines().toList()) {
                line++;
                Matcher command = INLINE.matcher(text);
                while (command.find()) {
                    if (!commandLine().getSubcommands().containsKey(command.group(1))) {
                        unknown.add(Documents.place(page, line) + ": " + command.group());
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean isMillrace(List<String> command) {
        return command.get(0).equals("millrace") || command.get(0).endsWith("/millrace");
    }

    private static void parse(FencedBlock block, List<String> arguments, List<String> wrong) {
        try {
            commandLine().parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException unknown) {
            wrong.add(block + ": millrace " + String.join(" ", arguments) + ": " + unknown.getMessage());
        }
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Millrace()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
