package io.millrace.core.golden;

import io.millrace.testkit.golden.GoldenContract;
import io.millrace.testkit.golden.GoldenEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The local engine gives what the golden cases say. */
class LocalGoldenTest extends GoldenContract {
    @TempDir
    Path folder;

    @Override
    protected GoldenEngine engine() {
        return new LocalGoldenEngine(folder);
    }
}
