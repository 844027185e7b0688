package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code config/wrong} says in comments what must be told about it, all of it and in this order: {@code #
 * expect: line:column: key.path: text}, or without line and column for a place that has none. {@code # set: key=value} is
 * given as an option.
 */
class WrongFilesTest {
    private static final String SECRET = "hunter2-and-more";

    @Test
    void coversThirtyKindsOfMistakes() throws Exception {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("files")
    void tellsEverythingThatIsWrong(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> expected = comments(text, "# expect: ");
        List<String> sets = comments(text, "# set: ");

        MillraceException refusal = catchThrowableOfType(
                MillraceException.class,
                () -> PipelineFile.load(
                        file.getFileName(),
                        sets,
                        Optional.empty(),
                        new Environment(Map.of("TOKEN", SECRET), file.getParent()),
                        FakeConnectors.catalog()));

        assertThat(refusal).as("%s is refused", file).isNotNull();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.USER);
        assertThat(refusal.getMessage()).doesNotContain("hunter2");
        assertThat(refusal.getMessage().lines().map(line -> withoutFile(line, file)))
                .containsExactlyElementsOf(utf8(expected));
    }

    static Stream<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(WrongFilesTest.class.getResource("/config/wrong").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    private static List<String> comments(String text, String mark) {
        return text.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()).strip())
                .toList();
    }

    private static String withoutFile(String line, Path file) {
        String prefix = file.getFileName() + ":";
        return (line.startsWith(prefix) ? line.substring(prefix.length()).strip() : line)
                .replace(file.getParent().toString(), "{folder}");
    }

    private static List<String> utf8(List<String> latin) {
        return latin.stream()
                .map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .toList();
    }
}
