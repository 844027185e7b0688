package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.errors.ErrorCatalogue;
import io.millrace.app.errors.KnownError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The catalogue of errors: its page is written from it (anew with {@code -Dmillrace.docs.update}), it knows what the wrong
 * files are told, and it holds nothing that no test provokes.
 */
class ErrorPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/reference/errors.md");
    private static final Path WRONG_FILES = Documents.root().resolve("core/src/test/resources/config/wrong");
    private static final Path ENVIRONMENTS =
            Documents.root().resolve("app/src/test/java/io/millrace/app/errors/BrokenEnvironmentsTest.java");

    /** What is told about the wrong files, without the places in them. */
    private static List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(WRONG_FILES)) {
            for (Path file : files.sorted().toList()) {
                lines(file)
                        .filter(line -> line.startsWith("# expect: "))
                        .map(line -> line.substring("# expect: ".length()))
                        .forEach(messages::add);
            }
        }
        return messages;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void thePageIsTheCatalogue() throws IOException {
        StringBuilder page = new StringBuilder(
                """
                # Errors

                Messages name the place, the reason and the remedy. Below many of them stands a line such as `more: millrace explain F101`,
                which leads here. The first letter says whose turn it is: F the file or the command, S the source or the target, R the
                run, M the machine. This page is written from the catalogue that `millrace explain` reads.

                """);
        for (KnownError error : ErrorCatalogue.all()) {
            page.append("## ")
                    .append(error.code())
                    .append(": ")
                    .append(error.title())
                    .append("\n\n");
            page.append("**Cause.** ").append(error.cause()).append("\n\n");
            page.append("**Fix.** ").append(error.fix()).append("\n\n");
        }
        String expected = page.toString().stripTrailing() + "\n";
        if (System.getProperty("millrace.docs.update") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Documents.read(PAGE))
                .as("docs/reference/errors.md is stale; write it anew with -Dmillrace.docs.update")
                .isEqualTo(expected);
    }

    @Test
    void codesAreInOrderAndOnce() {
        assertThat(ErrorCatalogue.all())
                .extracting(KnownError::code)
                .allMatch(code -> code.matches("[FSRM]\\d{3}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void everythingToldAboutWrongFilesIsExplained() throws IOException {
        List<String> unknown = messages().stream()
                .filter(message -> ErrorCatalogue.codes(message).isEmpty())
                .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyErrorIsProvokedByATest() throws IOException {
        String environments = Documents.read(ENVIRONMENTS);
        Set<String> provoked = new TreeSet<>();
        messages().forEach(message -> provoked.addAll(ErrorCatalogue.codes(message)));
        assertThat(ErrorCatalogue.all())
                .extracting(KnownError::code)
                .filteredOn(code -> !provoked.contains(code) && !environments.contains("\"" + code + "\""))
                .isEmpty();
    }
}
