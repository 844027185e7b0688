package io.millrace.core.airflow;

/** Python source, line by line. One thread. */
final class PythonLines {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Lines at the present depth; a text block may hold several. */
    PythonLines add(String lines) {
        lines.lines().forEach(line -> text.append(line.isEmpty() ? "" : "    ".repeat(depth))
                .append(line)
                .append('\n'));
        return this;
    }

    PythonLines blank(int lines) {
        text.append("\n".repeat(lines));
        return this;
    }

    /** Adds a line, and indents what follows until {@link #close}. */
    PythonLines open(String line) {
        add(line);
        depth++;
        return this;
    }

    PythonLines indent() {
        depth++;
        return this;
    }

    PythonLines close() {
        depth--;
        return this;
    }

    /** Ends the indentation with a line. */
    PythonLines close(String line) {
        depth--;
        return add(line);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
