package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.CapturedCommand;
import io.millrace.app.CapturedCommand.Outcome;
import io.millrace.app.crash.Events;
import io.millrace.app.crash.Workspace;
import io.millrace.core.ledger.RunState;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.sandbox.Database;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The tutorials, done as they say: their files are written, their commands run in order, on fewer events. What the English one
 * shows of refusals is what is said; whatever it shows as working works. The Chinese one has the same commands.
 */
@Isolated("takes what the process writes to stderr")
class TutorialTest {
    private static final Pattern RUN_ID = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{6}");
    private static final Pattern FILE = Pattern.compile("`([a-z]+\\.yaml)`");
    private static final String KILLED = "MILLRACE_JAVA_OPTS=";

    @TempDir
    static Path folder;

    /** What stands in a page between two fences, with the file that the text in front of it names last. */
    private record Part(FencedBlock block, Optional<String> file) {}

    private static List<Part> parts(String page) {
        Path path = Documents.root().resolve("docs").resolve(page);
        List<String> lines = Documents.read(path).lines().toList();
        List<Part> parts = new ArrayList<>();
        for (FencedBlock block : FencedBlock.of(path)) {
            Optional<String> file = Optional.empty();
            for (int i = block.line() - 2; i >= 0 && file.isEmpty(); i--) {
                Matcher named = FILE.matcher(lines.get(i));
                while (named.find()) {
                    file = Optional.of(named.group(1));
                }
            }
            parts.add(new Part(block, file));
        }
        return parts;
    }

    @Test
    void theEnglishOne() throws IOException, SQLException {
        assertThat(walk("tutorial.md", folder.resolve("en"))).isGreaterThanOrEqualTo(14);
    }

    @Test
    void theChineseOne() throws IOException, SQLException {
        assertThat(walk("tutorial.zh-CN.md", folder.resolve("zh"))).isGreaterThanOrEqualTo(13);
    }

    /** How many commands were run. */
    private static int walk(String page, Path place) throws IOException, SQLException {
        Files.createDirectories(place);
        Database database = Events.load(8_000, 11).database();
        int run = 0;
        for (Part part : parts(page)) {
            if (part.block().language().equals("yaml")) {
                Files.writeString(
                        place.resolve(part.file().orElseThrow()),
                        filled(part.block().text(), database));
            } else if (part.block().language().equals("console")) {
                List<String> lines = part.block().lines();
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i);
                    if (line.startsWith("$ millrace ") && !line.startsWith("$ millrace demo")) {
                        check(line.substring(11), shownBelow(lines, i), place, database);
                        run++;
                    } else if (line.startsWith("$ " + KILLED)) {
                        kill(line, place);
                        run++;
                    }
                }
            }
        }
        return run;
    }

    private static String filled(String text, Database database) {
        return text.replace("${env:PGURL}", database.url())
                .replace("${env:PGUSER}", database.user())
                .replace("${env:PGPASSWORD}", database.password())
                .replace("split_rows: 20000", "split_rows: 1000");
    }

    private static List<String> shownBelow(List<String> lines, int command) {
        List<String> shown = new ArrayList<>();
        for (int i = command + 1; i < lines.size() && !lines.get(i).startsWith("$ "); i++) {
            shown.add(lines.get(i));
        }
        return shown;
    }

    private static void check(String command, List<String> shown, Path place, Database database) {
        if (command.startsWith("init") || command.startsWith("doctor") || command.startsWith("explain")) {
            // They have tests of their own, and take their passwords from the process's environment.
            return;
        }
        List<String> arguments = arguments(command, place);
        Outcome outcome = CapturedCommand.execute(arguments.toArray(String[]::new));
        List<String> refusals = shown.stream()
                .filter(line -> line.startsWith("error: ") || line.startsWith("events.yaml:") && line.contains(": "))
                .filter(line -> !line.endsWith(": ok"))
                .map(TutorialTest::comparable)
                .toList();
        assertThat(outcome.errors()).as("%s", outcome).doesNotContain("defect of Millrace");
        if (!refusals.isEmpty()) {
            assertThat(outcome.exitCode()).as("%s: %s", command, outcome).isEqualTo(2);
            String said = comparable(outcome.errors().replace(place + "/", "")).replace('\n', ' ');
            assertThat(refusals).allSatisfy(refusal -> assertThat(said).contains(refusal));
        } else if (!shown.isEmpty()) {
            assertThat(outcome.exitCode()).as("%s: %s", command, outcome).isZero();
        } else {
            assertThat(outcome.exitCode()).as("%s: %s", command, outcome).isIn(0, 2);
        }
    }

    /** Without what differs between the page and here: ids, numbers, and what stands behind a list of all known keys. */
    private static String comparable(String line) {
        return line.replaceAll(" \\(known.*", "")
                .replaceAll(RUN_ID.pattern(), "RUN")
                .replaceAll("[;:]? ?…$", "");
    }

    private static List<String> arguments(String command, Path place) {
        List<String> words =
                new ArrayList<>(List.of(command.replaceAll(" +#.*", "").split(" +")));
        boolean file = false;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).endsWith(".yaml")) {
                words.set(i, place.resolve(words.get(i)).toString());
                file = true;
            } else if (RUN_ID.matcher(words.get(i)).matches()) {
                words.set(i, newestRun(place));
            }
        }
        if (!file) {
            words.add("--state");
            words.add(place.resolve(".millrace").toString());
        }
        return words;
    }

    private static String newestRun(Path place) {
        try (SqliteLedger ledger = SqliteLedger.open(place.resolve(".millrace"))) {
            return ledger.runs(Optional.empty(), EnumSet.allOf(RunState.class), 1)
                    .get(0)
                    .id();
        }
    }

    /** A process that halts itself in the middle. */
    private static void kill(String line, Path place) {
        Matcher parts =
                Pattern.compile("\\$ " + KILLED + "(\\S+) millrace (.*)").matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        ChildExit exit = ChildJvm.of("io.millrace.app.Millrace")
                .in(place)
                .withOptions(parts.group(1))
                .withArguments(parts.group(2).split(" +"))
                .run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isNotZero();
        assertThat(place.resolve("lake/all/_SUCCESS")).doesNotExist();
    }
}
