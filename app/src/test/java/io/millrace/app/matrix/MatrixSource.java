package io.millrace.app.matrix;

import java.util.Map;

/** A real server that holds {@link Events}. */
interface MatrixSource {
    String name();

    /** What stands under {@code extract}, in YAML's flow style. */
    String settings();

    /** Environment variables that the settings refer to. */
    Map<String, String> variables();
}
