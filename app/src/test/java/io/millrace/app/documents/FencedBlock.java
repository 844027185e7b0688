package io.millrace.app.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param language as the fence names it, or empty
 * @param line of its first line of text, counted from 1
 */
record FencedBlock(Path page, String language, int line, List<String> lines) {
    static List<FencedBlock> of(Path page) {
        List<FencedBlock> blocks = new ArrayList<>();
        List<String> text = null;
        String language = "";
        int number = 0;
        int begin = 0;
        for (String line : Documents.read(page).lines().toList()) {
            number++;
            if (line.strip().startsWith("```")) {
                if (text == null) {
                    text = new ArrayList<>();
                    language = line.strip().substring(3).strip();
                    begin = number + 1;
                } else {
                    blocks.add(new FencedBlock(page, language, begin, List.copyOf(text)));
                    text = null;
                }
            } else if (text != null) {
                text.add(line);
            }
        }
        return blocks;
    }

    static List<FencedBlock> everywhere() {
        return Documents.pages().stream().flatMap(page -> of(page).stream()).toList();
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    @Override
    public String toString() {
        return Documents.place(page, line);
    }
}
