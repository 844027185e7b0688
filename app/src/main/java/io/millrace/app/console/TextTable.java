package io.millrace.app.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table of text for a terminal: columns as wide as their widest cell, up to a limit. */
public final class TextTable {
    private static final int MAX_WIDTH = 40;

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    public TextTable(List<String> header) {
        rows.add(List.copyOf(header));
    }

    /** Adds a row; missing cells are empty. */
    public TextTable row(Object... cells) {
        rows.add(java.util.Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public void print(PrintStream out) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(fitted(row, i)));
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), widths));
            if (i == 0) {
                out.println("-".repeat(java.util.Arrays.stream(widths).sum() + 2 * (columns - 1)));
            }
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = fitted(row, i);
            line.append(cell).append(" ".repeat(widths[i] - width(cell) + 2));
        }
        return line.toString().stripTrailing();
    }

    /** Cut where longer than a column may be; the last column of a row may be as long as it likes. */
    private static String fitted(List<String> row, int column) {
        String cell = row.get(column);
        return column == row.size() - 1 || cell.codePointCount(0, cell.length()) <= MAX_WIDTH
                ? cell
                : cell.substring(0, cell.offsetByCodePoints(0, MAX_WIDTH - 1)) + "…";
    }

    /** Columns on the terminal: East Asian wide characters and emoji take two. */
    private static int width(String cell) {
        return cell.codePoints()
                .map(point -> point >= 0x1100 && (Character.isIdeographic(point) || isWide(point)) ? 2 : 1)
                .sum();
    }

    private static boolean isWide(int point) {
        return point <= 0x115F
                || point >= 0x3000 && point <= 0x30FF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xFF01 && point <= 0xFF60
                || point >= 0x1F300 && point <= 0x1FAFF;
    }
}
