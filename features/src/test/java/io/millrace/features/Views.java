package io.millrace.features;

import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Views from the text of features files. */
public final class Views {
    private Views() {}

    /** The definition of a file with this text, named {@code view.yaml}, that names no connectors. */
    public static FeatureDefinition definition(String text) {
        try {
            Path folder = Files.createTempDirectory("views");
            Path file = folder.resolve("view.yaml");
            Files.writeString(file, text);
            try {
                return FeaturesFile.load(
                                Path.of("view.yaml"),
                                List.of(),
                                Optional.empty(),
                                new Environment(Map.of(), folder),
                                Catalog.of(List.of(), List.of()))
                        .definition();
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The view of a file with this text. */
    public static FeatureView view(String text) {
        return definition(text).view();
    }
}
