package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedPathsTest {
    private static final Pattern PATH = Pattern.compile("`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*/?)`");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|md|xml|yaml|yml|json|sh|txt|properties)|millrace|run");

    /** Folders of people's and build machines' own; written in two parts, so that this file does not name them. */
    private static final Pattern OUTSIDE = Pattern.compile("(?<![\\w.])/(?:"
            + String.join("|", "wor" + "k", "hom" + "e", "roo" + "t", "User" + "s") + ")/[a-z]|\\.\\./share" + "d/");

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "ARCHITECTURE.md"})
    void everyPathInATableExists(String page) {
        List<String> missing = new ArrayList<>();
        int checked = 0;
        int number = 0;
        for (String line :
                Documents.read(Documents.root().resolve(page)).lines().toList()) {
            number++;
            Matcher path = PATH.matcher(line);
            while (line.startsWith("|") && path.find()) {
                if (path.group(1).contains("/") && !path.group(1).startsWith(".millrace/")) {
                    checked++;
                    if (!Files.exists(Documents.root().resolve(path.group(1)))) {
                        missing.add(page + ":" + number + ": " + path.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(checked).isGreaterThan(5);
    }

    @Test
    void nothingNamesAPathOutsideOfTheProject() {
        List<String> outside = new ArrayList<>();
        for (Path file : Documents.files(
                file -> TEXT.matcher(file.getFileName().toString()).matches())) {
            int number = 0;
            for (String line : bytes(file).lines().toList()) {
                number++;
                if (OUTSIDE.matcher(line).find()) {
                    outside.add(Documents.place(file, number) + ": " + line.strip());
                }
            }
        }
        assertThat(outside).isEmpty();
    }

    /** Whatever its encoding: some test files are wrong on purpose. */
    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
