package io.millrace.testkit.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of an example. Its header names columns, with their types in parentheses; without one a column is a string. Cells
 * hold values as golden cases do; an empty one is null, {@code ␣ ⇥ ⏎ U+0000} stand for characters that cannot be seen, and
 * 10:00 for that time on 1 January 2024.
 *
 * <p>A column without a name, or under an arrow, divides what goes in from what comes out, and says what becomes of the row:
 * it <em>stays</em> as it is, is <em>filtered</em> or <em>deduplicated</em>, or <em>rejected: column *reason*</em>; otherwise
 * it becomes what stands to the right.
 */
final class PageTable {
    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern TYPED = Pattern.compile("(\\w+) \\((.+)\\)");
    private static final Pattern REJECTED = Pattern.compile("rejected: (?:(\\w+) )?\\*(.+)\\*");
    private static final Pattern PIECE = Pattern.compile("`([^`]*)`|U\\+([0-9A-F]{4})");
    private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d)?");

    private final List<String> header;
    private final List<List<String>> rows;
    /** Where the dividing column is, or how many columns there are. */
    private final int divide;

    private PageTable(List<String> header, List<List<String>> rows) {
        this.header = header;
        this.rows = rows;
        this.divide = IntStream.range(0, header.size())
                .filter(column ->
                        header.get(column).isEmpty() || header.get(column).equals("→"))
                .findFirst()
                .orElse(header.size());
    }

    /** The table of these lines, of which the second is the rule below the header. */
    static PageTable of(List<String> lines) {
        List<List<String>> cells = lines.stream().map(PageTable::cells).toList();
        cells.forEach(row -> {
            if (row.size() != cells.get(0).size()) {
                throw new IllegalArgumentException("a row has another number of cells than the header: " + row);
            }
        });
        return new PageTable(cells.get(0), cells.subList(2, cells.size()));
    }

    private static List<String> cells(String line) {
        String inner = line.strip();
        return Arrays.stream(CELL.split(inner.substring(1, inner.length() - 1), -1))
                .map(cell -> cell.replace("\\|", "|").strip())
                .toList();
    }

    String inputColumns() {
        return columns(0, divide);
    }

    String inputRows() {
        return rows.stream().map(row -> record(row, 0, divide)).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Of a table of what comes out: all of its rows. */
    String asExpectation() {
        return expected(0, divide, inputRows());
    }

    /** A JSON object for each row. */
    String jsonLines() {
        return rows.stream().map(row -> record(row, 0, divide) + "\n").collect(Collectors.joining());
    }

    /** Of a table that says what becomes of each row. */
    String outcomes() {
        boolean unchanged = divide >= header.size() - 1;
        List<String> kept = new ArrayList<>();
        StringBuilder rejects = new StringBuilder();
        int filtered = 0;
        int deduplicated = 0;
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = rows.get(row);
            String outcome = divide < cells.size() ? cells.get(divide) : "";
            Matcher rejected = REJECTED.matcher(outcome);
            if (rejected.matches()) {
                String column = rejected.group(1) == null ? "" : "column: " + rejected.group(1) + ", ";
                rejects.append("      - {row: ").append(row).append(", ").append(column);
                rejects.append("reason: ").append(quoted(rejected.group(2))).append("}\n");
            } else if (outcome.startsWith("filtered")) {
                filtered++;
            } else if (outcome.startsWith("deduplicated")) {
                deduplicated++;
            } else if (outcome.equals("→") || outcome.equals("stays")) {
                kept.add(unchanged ? record(cells, 0, divide) : record(cells, divide + 1, cells.size()));
            } else {
                throw new IllegalArgumentException("'" + outcome + "' does not say what becomes of a row");
            }
        }
        String left = "[" + String.join(", ", kept) + "]";
        return (unchanged ? "    rows: " + left + "\n" : expected(divide + 1, header.size(), left))
                + "    filtered: " + filtered + "\n    deduplicated: " + deduplicated + "\n"
                + (rejects.isEmpty() ? "" : "    rejects:\n" + rejects);
    }

    /** Types are held to where the page shows all of them. */
    private String expected(int from, int to, String rows) {
        boolean typed = IntStream.range(from, to)
                .allMatch(column -> TYPED.matcher(header.get(column)).matches());
        return (typed ? "    columns: " + columns(from, to) + "\n" : "") + "    rows: " + rows + "\n";
    }

    private String columns(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(column -> name(column) + ": " + quoted(type(column)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String name(int column) {
        Matcher typed = TYPED.matcher(header.get(column));
        return typed.matches() ? typed.group(1) : header.get(column);
    }

    private String type(int column) {
        Matcher typed = TYPED.matcher(header.get(column));
        return typed.matches() ? typed.group(2) : "string";
    }

    private String record(List<String> row, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(column -> quoted(name(column)) + ": " + value(row.get(column), type(column)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String value(String cell, String type) {
        if (cell.isEmpty() || cell.equals("null")) {
            return "null";
        }
        if (cell.equals("empty text")) {
            return "\"\"";
        }
        if (cell.startsWith("[")) {
            return cell;
        }
        if (TIME.matcher(cell).matches()) {
            return quoted("2024-01-01T" + (cell.length() == 5 ? cell + ":00" : cell) + "Z");
        }
        if (cell.contains("`")) {
            StringBuilder text = new StringBuilder();
            for (Matcher piece = PIECE.matcher(cell); piece.find(); ) {
                text.append(
                        piece.group(1) != null
                                ? piece.group(1)
                                        .replace('␣', ' ')
                                        .replace('⇥', '\t')
                                        .replace('⏎', '\n')
                                : String.valueOf((char) Integer.parseInt(piece.group(2), 16)));
            }
            return quoted(text.toString());
        }
        return type.matches("int32|int64|float64|decimal.*|boolean") ? cell : quoted(cell);
    }

    /** As JSON, which YAML takes too. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char next : text.toCharArray()) {
            if (next < ' ' || next > '~' || next == '"' || next == '\\') {
                quoted.append(String.format("\\u%04x", (int) next));
            } else {
                quoted.append(next);
            }
        }
        return quoted.append('"').toString();
    }
}
