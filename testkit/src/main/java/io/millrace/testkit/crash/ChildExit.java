package io.millrace.testkit.crash;

/**
 * How a child process ended.
 *
 * @param code its exit code; 128 and the signal's number where a signal ended it
 * @param output all of its stdout
 * @param errors all of its stderr
 */
public record ChildExit(int code, String output, String errors) {
    private static final int KILLED = 137;

    /** True where it was ended at once, by SIGKILL or by a failpoint. */
    public boolean killed() {
        return code == KILLED;
    }

    /** The last line of stdout, or empty text. */
    public String lastLine() {
        String[] lines = output.strip().split("\n", -1);
        return lines[lines.length - 1];
    }

    /** For messages of failed tests. */
    @Override
    public String toString() {
        return "exit code " + code + "\n--- stdout\n" + output + "--- stderr\n" + errors + "---";
    }
}
