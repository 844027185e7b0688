package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The help texts in docs/commands.md are the commands' own. {@code -Dmillrace.docs.update} writes them anew:
 * {@code mvn -q test -pl app -am -Dtest=CommandReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.docs.update}.
 */
class CommandReferenceTest {
    private static final int WIDTH = 100;
    private static final Pattern HELP =
            Pattern.compile("<!-- help: ([a-z]+) -->\\n```text\\n(.*?)```\\n", Pattern.DOTALL);
    private static final Path PAGE = Documents.root().resolve("docs/commands.md");

    @Test
    void helpTextsAreThoseOfTheCommands() throws IOException {
        String page = Documents.read(PAGE);
        String expected = HELP.matcher(page).replaceAll(block -> Matcher.quoteReplacement(block(block.group(1))));
        if (System.getProperty("millrace.docs.update") != null) {
            Files.writeString(PAGE, expected);
            return;
        }
        assertThat(page)
                .as("docs/commands.md is stale; write it anew with -Dmillrace.docs.update, see CommandReferenceTest")
                .isEqualTo(expected);
    }

    @Test
    void everyCommandHasItsHelpText() {
        List<String> described = new ArrayList<>();
        Matcher help = HELP.matcher(Documents.read(PAGE));
        while (help.find()) {
            described.add(help.group(1));
        }
        List<String> commands = new ArrayList<>(List.of("millrace"));
        commands.addAll(new CommandLine(new Millrace()).getSubcommands().keySet());
        assertThat(described).containsExactlyInAnyOrderElementsOf(commands);
    }

    private static String block(String name) {
        CommandLine all = new CommandLine(new Millrace()).setUsageHelpWidth(WIDTH);
        CommandLine command =
                name.equals("millrace") ? all : all.getSubcommands().get(name);
        if (command == null) {
            throw new AssertionError("docs/commands.md describes a command that does not exist: " + name);
        }
        String text = command.setUsageHelpWidth(WIDTH).getUsageMessage(Ansi.OFF);
        String lines = text.replace(System.lineSeparator(), "\n").replaceAll("(?m)[ \\t]+$", "");
        return "<!-- help: " + name + " -->\n```text\n" + lines + "```\n";
    }
}
