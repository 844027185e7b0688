package io.millrace.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlLinesTest {
    private static final String PIECES = "ab.-_/:#{}[],&*!|>'\"%@`\\ \t\n0719é漢\u0085\u2028yesnull~${env:X}=?";

    @Test
    void whateverTheTextIsYamlReadsItBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String text = random.ints(random.nextInt(12), 0, PIECES.length())
                    .mapToObj(at -> PIECES.substring(at, at + 1))
                    .reduce("", String::concat);
            if (text.matches("-?[0-9.]+")) {
                continue;
            }
            Object read = new Load(LoadSettings.builder().build())
                    .loadFromString(new YamlLines()
                            .entry(0, "k", Map.of("v", List.of(text)), "why")
                            .text());
            assertThat(read).as("seed %d: '%s'", seed, text).isEqualTo(Map.of("k", Map.of("v", List.of(text))));
        }
    }

    @Test
    void wordsThatMeanSomethingElseAreQuoted() {
        for (String word : List.of("yes", "No", "9", "null", "true", "012", "1e3", "-", "", "~", "NaN", "0x1F")) {
            assertThat(YamlLines.scalar(word)).isEqualTo("\"" + word + "\"");
        }
        assertThat(YamlLines.scalar("${env:PGUSER}")).isEqualTo("${env:PGUSER}");
        assertThat(YamlLines.scalar("postgresql://h:5432/d")).isEqualTo("postgresql://h:5432/d");
    }
}
