package io.millrace.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds golden cases among the examples of Markdown pages, so that what people read is what the engine does.
 *
 * <p>An example begins with the comment {@code <!-- example -->} and goes on to the next one, the next heading or
 * {@code <!-- end -->}. It holds a
 * YAML block with the {@code transform} list, or has it in the comment as {@code <!-- example: [{clean: {}}] -->}, and one
 * table, whose rows say what becomes of each row, or two, of what goes in and what comes out. {@link PageTable} reads them.
 */
public final class GoldenPages {
    private static final String BEGIN = "<!-- example";
    private static final String FILE = "<!-- file ";
    private static final String END = " -->";
    private static final String STOP = "<!-- end -->";

    private GoldenPages() {}

    /** The cases of all pages directly in a folder, in the order of their names. */
    public static List<GoldenCase> in(Path folder) {
        try (Stream<Path> pages = Files.list(folder)) {
            List<GoldenCase> cases = new ArrayList<>();
            for (Path page : pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                cases.addAll(of(page.getFileName().toString(), Files.readString(page)));
            }
            return cases;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The cases of a page's text. IllegalArgumentException where an example is none; the message names page and line. */
    static List<GoldenCase> of(String page, String text) {
        List<String> lines = text.lines().toList();
        List<GoldenCase> cases = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith(BEGIN)) {
                List<String> example = new ArrayList<>(List.of(lines.get(at)));
                for (int next = at + 1; next < lines.size() && !ends(lines.get(next)); next++) {
                    example.add(lines.get(next));
                }
                try {
                    cases.addAll(GoldenFile.read(page, yaml("line " + (at + 1), example)));
                } catch (RuntimeException wrong) {
                    throw new IllegalArgumentException(page + ":" + (at + 1) + ": " + wrong.getMessage(), wrong);
                }
            }
        }
        return cases;
    }

    private static boolean ends(String line) {
        return line.startsWith("#") || line.startsWith(BEGIN) || line.equals(STOP);
    }

    private static String yaml(String name, List<String> example) {
        StringBuilder steps = new StringBuilder();
        StringBuilder files = new StringBuilder();
        List<PageTable> tables = new ArrayList<>();
        String head = example.get(0);
        if (head.startsWith(BEGIN + ": ")) {
            steps.append("  steps: ")
                    .append(head, BEGIN.length() + 2, head.indexOf(END))
                    .append('\n');
        }
        String file = null;
        for (int at = 1; at < example.size(); at++) {
            String line = example.get(at);
            if (line.startsWith(FILE)) {
                file = line.substring(FILE.length(), line.indexOf(END));
            } else if (line.equals("```yaml")) {
                for (at++; !example.get(at).equals("```"); at++) {
                    String step = example.get(at);
                    steps.append("  ")
                            .append(step.equals("transform:") ? "steps:" : step)
                            .append('\n');
                }
            } else if (line.startsWith("|")) {
                List<String> rows = new ArrayList<>();
                for (; at < example.size() && example.get(at).startsWith("|"); at++) {
                    rows.add(example.get(at));
                }
                PageTable table = PageTable.of(rows);
                if (file == null) {
                    tables.add(table);
                } else {
                    files.append("    ")
                            .append(file)
                            .append(": |\n")
                            .append(table.jsonLines().indent(6));
                    file = null;
                }
            }
        }
        if (tables.isEmpty() || tables.size() > 2) {
            throw new IllegalArgumentException("an example has one table or two, and not " + tables.size());
        }
        PageTable in = tables.get(0);
        PageTable out = tables.get(tables.size() - 1);
        return "- name: " + name + "\n  columns: " + in.inputColumns() + "\n  rows: " + in.inputRows() + "\n"
                + (files.isEmpty() ? "" : "  files:\n" + files) + steps + "  expect:\n"
                + (tables.size() == 2 ? out.asExpectation() : in.outcomes());
    }
}
