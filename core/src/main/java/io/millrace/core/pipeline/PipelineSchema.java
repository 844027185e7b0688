package io.millrace.core.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.core.config.JsonSchemas;
import java.util.Optional;

/** The JSON Schema of pipeline files, by which editors complete and check them. */
public final class PipelineSchema {
    private PipelineSchema() {}

    /** The schema, 2020-12, with the connectors and transforms of this catalog; the same text for the same catalog. */
    public static String generate(Catalog catalog) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try {
            return new ObjectMapper()
                            .writer(printer)
                            .writeValueAsString(JsonSchemas.document(
                                    "Millrace pipeline", PipelineShape.of(catalog, path -> Optional.empty())))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }
}
