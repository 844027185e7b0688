package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() {
        List<String> broken = new ArrayList<>();
        for (Path page : Documents.pages()) {
            int line = 0;
            for (String text : Documents.read(page).lines().toList()) {
                line++;
                Matcher link = LINK.matcher(text);
                while (link.find()) {
                    if (!link.group(1).matches("[a-z]+:.*") && !resolves(page, link.group(1))) {
                        broken.add(Documents.place(page, line) + " -> " + link.group(1));
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean resolves(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target) || !target.startsWith(Documents.root())) {
            return false;
        }
        return parts.length == 1 || headings(target).contains(parts[1]);
    }

    private static List<String> headings(Path page) {
        return Documents.read(page)
                .lines()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> anchor(line.replaceFirst("#{1,6} ", "")))
                .collect(Collectors.toList());
    }

    /** As the usual readers of Markdown make anchors of headings. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
