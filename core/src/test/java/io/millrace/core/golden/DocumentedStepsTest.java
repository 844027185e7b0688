package io.millrace.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.golden.GoldenCase;
import io.millrace.testkit.golden.GoldenContract;
import io.millrace.testkit.golden.GoldenEngine;
import io.millrace.testkit.golden.GoldenPages;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables in the pages of the steps show what the local engine does. */
class DocumentedStepsTest extends GoldenContract {
    private static final Path PAGES = Path.of("..", "docs", "transforms");

    @TempDir
    Path folder;

    @Override
    protected GoldenEngine engine() {
        return new LocalGoldenEngine(folder);
    }

    @Override
    protected List<GoldenCase> cases() {
        return GoldenPages.in(PAGES);
    }

    /** The test of the example plugin runs the others. */
    @Override
    protected boolean runs(GoldenCase golden) {
        return !golden.file().equals("java.md");
    }

    @Test
    void everyPageHasSuchAnExample() {
        assertThat(cases().stream().map(GoldenCase::file).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "aggregate.md",
                        "check.md",
                        "clean.md",
                        "deduplicate.md",
                        "derive.md",
                        "enrich.md",
                        "filter.md",
                        "java.md",
                        "normalize.md",
                        "sessionize.md");
    }
}
