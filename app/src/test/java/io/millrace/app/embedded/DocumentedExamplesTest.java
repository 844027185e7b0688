package io.millrace.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/java-api.md to the code that the tests run. */
class DocumentedExamplesTest {
    private static final Pattern SHOWN =
            Pattern.compile("<!-- example: (\\S+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RUN = Pattern.compile("\\n *// example: (\\S+)\\n(.*?\\n) *// end\\n", Pattern.DOTALL);
    private static final String TESTS = "app/src/test/java/io/millrace/app/embedded/ExamplesTest.java";

    private static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("docs/java-api.md"))) {
            place = place.getParent();
        }
        return place;
    }

    private static Map<String, String> find(Pattern pattern, String text) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2).stripTrailing().stripIndent());
        }
        return found;
    }

    @Test
    void theExamplesOfThePageAreTheOnesThatAreTested() throws IOException {
        String page = Files.readString(root().resolve("docs/java-api.md"));
        Map<String, String> run = find(RUN, Files.readString(root().resolve(TESTS)));
        assertThat(find(SHOWN, page)).containsExactlyInAnyOrderEntriesOf(run);
        assertThat(run).hasSizeGreaterThan(7);
        List<String> blocks =
                new ArrayList<>(page.lines().filter("```java"::equals).toList());
        assertThat(blocks).as("every example is marked").hasSize(run.size());
    }
}
