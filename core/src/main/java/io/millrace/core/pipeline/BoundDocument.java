package io.millrace.core.pipeline;

import io.millrace.core.config.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A document, and what its file should better not say.
 *
 * @param file as the user typed it, empty where it came from no file
 * @param directory the absolute folder of the file, against which relative paths in the settings are resolved
 */
public record BoundDocument<D extends Record>(
        D document, Path file, Path directory, DefinitionFingerprint fingerprint, List<Problem> warnings) {
    public BoundDocument {
        warnings = List.copyOf(warnings);
    }
}
