package io.millrace.core.config;

import java.util.Locale;

/** What the parser says about broken syntax, in words that help, and without the file's own text, which may be secret. */
final class SyntaxMessage {
    private SyntaxMessage() {}

    static String of(String context, String problem) {
        String what = problem == null ? "" : firstLine(problem);
        String where = context == null ? "" : firstLine(context).toLowerCase(Locale.ROOT);
        if (what.contains("'\\t'") || what.contains("TAB")) {
            return "a tab is used for indentation; YAML indents by spaces only";
        }
        if (where.contains("alias") || where.contains("anchor")) {
            return "a text that begins with * or & is a YAML alias or anchor; quote it if text is meant";
        }
        if (where.contains("tag") || what.contains("tag")) {
            return "a text that begins with ! is a YAML tag; quote it if text is meant";
        }
        if (what.contains("that cannot start any token")) {
            return what.replaceAll("\\.? ?\\(Do not use.*\\)", "") + "; quote the text that begins with it";
        }
        if (what.contains("mapping values are not allowed here")) {
            return "a ':' is not allowed here; quote the text if it contains one, check the indentation, and that a space"
                    + " follows every ':' above";
        }
        if (what.contains("could not find expected ':'")) {
            return "a key without ': ' behind it; check the indentation and that a space follows the colon";
        }
        if (what.contains("expected <block end>")) {
            return "the indentation does not fit; keys of one map, and dashes of one list, begin in the same column";
        }
        if (where.contains("quoted scalar")) {
            return what.contains("end of stream")
                    ? "a quote is opened here and never closed"
                    : "a quoted text is not well formed: " + what;
        }
        if (where.contains("flow sequence") || where.contains("flow mapping")) {
            return "a '[' or '{' is not closed, or a comma is missing: " + what;
        }
        return "is not YAML: " + (where.isEmpty() ? "" : where + ", ") + what;
    }

    static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
