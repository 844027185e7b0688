package io.millrace.app.documents;

import java.util.ArrayList;
import java.util.List;

/** Splits console blocks into commands and words, as far as the pages use the shell. */
final class ShellText {
    private ShellText() {}

    /** The commands behind {@code $} prompts, without variables set in front of them and without redirections. */
    static List<List<String>> commands(List<String> lines) {
        List<List<String>> commands = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : lines) {
            boolean continued = open.length() > 0;
            if (!continued && !line.startsWith("$ ")) {
                continue;
            }
            String text = continued ? line : line.substring(2);
            if (text.endsWith("\\")) {
                open.append(text, 0, text.length() - 1).append(' ');
                continue;
            }
            split(open + text, commands);
            open.setLength(0);
        }
        return commands;
    }

    private static void split(String line, List<List<String>> commands) {
        List<String> command = new ArrayList<>();
        boolean redirected = false;
        for (String word : words(line)) {
            if (word.equals("&&") || word.equals("|") || word.equals(";") || word.equals("&")) {
                add(command, commands);
                command = new ArrayList<>();
                redirected = false;
            } else if (word.matches("[12]?>.*")) {
                redirected = true;
            } else if (!redirected && !(command.isEmpty() && word.matches("[A-Z_]+=.*"))) {
                command.add(word);
            }
        }
        add(command, commands);
    }

    private static void add(List<String> command, List<List<String>> commands) {
        if (!command.isEmpty()) {
            commands.add(command);
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == '#' && !begun) {
                break;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
