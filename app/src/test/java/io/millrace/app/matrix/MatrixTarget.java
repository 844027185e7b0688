package io.millrace.app.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real server or folder to load into, empty for each case. */
interface MatrixTarget {
    String name();

    /** True where running again writes again. */
    boolean repeatable();

    /** An empty place in it. */
    Place create(Path workspace);

    /** Where one case loads. */
    interface Place {
        /** What stands under {@code load}, in YAML's flow style. */
        String settings();

        /** Environment variables that the settings refer to. */
        Map<String, String> variables();

        /** All rows as {@link Events#canonical}, sorted. */
        List<String> rows();

        /** Names of what is there and is not the result: staged files, staging tables. */
        List<String> leftovers();
    }
}
