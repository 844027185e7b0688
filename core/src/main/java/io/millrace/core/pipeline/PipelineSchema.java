package io.millrace.core.pipeline;

/** The JSON Schema of pipeline files, by which editors complete and check them. */
public final class PipelineSchema {
    private PipelineSchema() {}

    /** The schema, 2020-12, with the connectors and transforms of this catalog; the same text for the same catalog. */
    public static String generate(Catalog catalog) {
        return PipelineFile.FILES.schema("Millrace pipeline", catalog);
    }
}
